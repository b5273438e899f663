"""Runs pip for another system: its option --platform selects wheels, but markers have this machine's values."""
import sys

sys.path[:] = [folder for folder in sys.path if folder]  # the working directory may have a pip.py or a json.py

import json
import runpy

values = json.loads(sys.argv.pop(1))
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
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__")
