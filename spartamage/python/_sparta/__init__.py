"""Loads the Go library before all else: Go's runtime starts on threads of its own while Python goes on.

What a start needs is here and in bootstrap.py. The rest lies in files that are
imported where they are needed: Lambda compiles every one that a start imports.
"""
import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def _path():
    with open(os.path.join(_HERE, "library")) as setting:
        return os.path.join(os.path.dirname(_HERE), setting.read().strip())


def _opened(path):
    """The library's handle; nothing where ctypes had better open it and say what is wrong."""
    try:
        from _ctypes import dlopen

        return dlopen(path, os.RTLD_NOW)
    except (ImportError, OSError):
        return None


_library_path = _path()
_handle = _opened(_library_path)
import ctypes  # noqa: E402 (takes a millisecond, in which Go starts)


class Reply(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_uint64), ("handle", ctypes.c_uint64)]


Credentials = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint64))


def _load():
    try:
        library = ctypes.CDLL(_library_path, handle=_handle)
    except OSError as error:
        from . import failure

        raise failure.fault("OSError", "load the Go library: %s" % error)
    for name, arguments in (
        ("SpartaStart", [Credentials, ctypes.POINTER(Reply)]),
        ("SpartaInvoke", [ctypes.c_char_p, ctypes.c_uint64] * 3 + [ctypes.POINTER(Reply)]),
        ("SpartaFree", [ctypes.c_uint64]),
        ("SpartaBeforeSnapshot", [ctypes.POINTER(Reply)]),
        ("SpartaAfterRestore", [ctypes.POINTER(Reply)]),
    ):
        export = getattr(library, name)
        export.argtypes = arguments
        export.restype = None if name == "SpartaFree" else ctypes.c_int32
    return library


library = _load()
