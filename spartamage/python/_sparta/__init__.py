"""Loads the Go library before all else: Go's runtime starts in its own threads while Python continues.

What a start needs is here and in bootstrap.py. The other files are imported
when they are needed, because Lambda compiles every file that a start imports.
Only the half of ctypes that is written in C is imported: the other half takes
as long to import as Go takes to start.
"""
import _ctypes
import os
import sys


class _Library(object):
    """A shared library's functions."""

    def __init__(self, path):
        if os.name == "nt":
            self._handle = _ctypes.LoadLibrary(path, 0) if path else sys.dllhandle
        else:
            self._handle = _ctypes.dlopen(path, os.RTLD_NOW)

    def function(self, kind, name, *arguments):
        found = kind((name, self))
        found.argtypes = arguments
        return found


def _settings():
    """The library's path, and what else is known of it: "credentials" if it requests them, "apart" for invoke."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "library"), "rb") as file:
        path, _, more = os.fsdecode(file.read()).partition("\n")
    return os.path.join(os.path.dirname(here), path.strip()), more.split()


def _load(path):
    try:
        return _Library(path)
    except OSError as error:
        from . import failure

        message = "load the Go library: %s" % error
        raise failure.fault("OSError", message, plain=OSError(message))


def keep():
    """Keeps this package for an import after sys.modules was cleared: Go and its hooks are in the process once."""
    vars(sys).setdefault("_sparta", {})[os.path.dirname(__file__)] = sys.modules[__name__]


def restore():
    """Puts the modules of this package into sys.modules, if someone has removed them."""
    for value in [vars(sys)["_sparta"][os.path.dirname(__file__)]] + list(globals().values()):
        if type(value) is type(sys) and value.__name__.partition(".")[0] == __name__:
            sys.modules.setdefault(value.__name__, value)


_path, _more = _settings()
wants_credentials = "credentials" in _more
# A function that may end its goroutine needs one of its own.
_invoke = "SpartaInvokeApart" if "apart" in _more else "SpartaInvoke"
_library = _load(_path)


class Pointer(_ctypes._SimpleCData):
    _type_ = "P"


class Length(_ctypes._SimpleCData):
    _type_ = "Q"


class _Status(_ctypes._SimpleCData):
    _type_ = "i"


class _Text(_ctypes._SimpleCData):
    _type_ = "z"


class _Object(_ctypes._SimpleCData):
    _type_ = "O"


class Reply(_ctypes.Array):
    """The place for a reply's address, its length, the handle to free it with, and its type's address and length.

    The rest is room for short replies, which have no handle. It is not a Structure, because Python 3.14 imports the
    rest of ctypes for one.
    """

    _type_ = Length
    _length_ = 512


class _GoFunction(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL
    _restype_ = _Status


class _PythonFunction(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI  # it needs Python's lock
    _restype_ = _Object


class Callback(_ctypes.CFuncPtr):
    """The function by which Go requests bytes: it writes their length to an address and returns theirs."""

    _flags_ = _ctypes.FUNCFLAG_CDECL
    _argtypes_ = (Pointer,)
    _restype_ = Pointer


def in_main_interpreter():
    """Reports whether this is Python's main interpreter, not another one in the same process."""
    python = _Library(None)
    try:
        current = python.function(_PythonFunction, "PyInterpreterState_Get")
        number = python.function(_PythonFunction, "PyInterpreterState_GetID", Pointer)
    except AttributeError:  # before Python 3.9
        return True
    current.restype, number.restype = Pointer, Length
    return number(current()) == 0


# The last argument of each is the address of a Reply.
start = _library.function(_GoFunction, "SpartaStart", Pointer, Pointer)
invoke = _library.function(_GoFunction, _invoke, _Text, Length, _Text, Length, _Text, Length, Pointer)
free = _library.function(_GoFunction, "SpartaFree", Length)
free.restype = None
before_snapshot = _library.function(_GoFunction, "SpartaBeforeSnapshot", Pointer)
after_restore = _library.function(_GoFunction, "SpartaAfterRestore", Pointer)
address_of = _ctypes.byref
bytes_at = _Library(None).function(_PythonFunction, "PyBytes_FromStringAndSize", Pointer, Length)
