"""The module of Lambda's handler setting: index.<function>.

Every public attribute is the Go function of that name, except GoError, the class of what they raise.
"""
import os as _os
import sys as _sys

_kept = getattr(_sys, "_sparta", {}).get(_os.path.join(_os.path.dirname(__file__), "_sparta"))
if _kept is not None:  # the process has imported this module before
    _kept.restore()
from _sparta import bootstrap as _bootstrap  # noqa: E402

__getattr__ = _bootstrap.attribute
globals().update(_bootstrap.attributes())  # Python 3.6 does not call a module's __getattr__
