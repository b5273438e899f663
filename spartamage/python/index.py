"""The module that Lambda's handler setting names: index.<function>.

Every public attribute is the Go function of that name.
"""
from _sparta import bootstrap as _bootstrap

__getattr__ = _bootstrap.attribute
# Python 3.6 knows no module __getattr__.
globals().update({_name: _bootstrap.function(_name) for _name in _bootstrap.names()})
