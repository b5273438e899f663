"""The module of Lambda's handler setting: index.<function>.

Every public attribute is the Go function of that name, except GoError, the class of what they raise.
"""
from _sparta import bootstrap as _bootstrap

__getattr__ = _bootstrap.attribute
globals().update(_bootstrap.attributes())  # Python 3.6 does not call a module's __getattr__
