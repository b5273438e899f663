"""The module of Lambda's handler setting: index.<function>.

Every public attribute is the Go function of that name.
"""
from _sparta import bootstrap as _bootstrap

__getattr__ = _bootstrap.attribute
# Python 3.6 does not call a module's __getattr__.
globals().update({_name: _bootstrap.function(_name) for _name in _bootstrap.names()})
