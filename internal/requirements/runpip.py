"""Runs pip for another system: its option --platform selects wheels, but markers have this machine's values.

The name and the SHA-256 of each wheel that pip installs are appended to a file.
"""
import sys

sys.path[:] = [folder for folder in sys.path if folder]  # the working directory may have a pip.py or a json.py

import hashlib
import json
import os
import runpy

values = json.loads(sys.argv.pop(1))
sums = sys.argv.pop(1)
try:
    from pip._vendor.packaging import markers
    found = markers.default_environment
except (ImportError, AttributeError):
    pass  # a pip without its own packaging evaluates markers for this machine
else:
    def environment():
        result = found()
        result.update(values)
        return result
    markers.default_environment = environment
try:
    # Some versions of pip import the function from here when they start, and others when they install a wheel.
    from pip._internal.operations.install import wheel
    install_wheel = wheel.install_wheel
except (ImportError, AttributeError):
    pass  # this pip installs wheels elsewhere: their sums remain unknown
else:
    def install(name, wheel_path, *args, **kwargs):
        with open(wheel_path, "rb") as file, open(sums, "a") as out:
            digest = hashlib.sha256(file.read()).hexdigest()
            out.write("%s %s\n" % (digest, os.path.basename(wheel_path)))
        return install_wheel(name, wheel_path, *args, **kwargs)
    wheel.install_wheel = install
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__")
