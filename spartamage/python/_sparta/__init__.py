"""Loads the Go library before all else: Go's runtime starts on threads of its own while Python goes on.

What a start needs is here and in bootstrap.py. The rest lies in files that are
imported where they are needed: Lambda compiles every one that a start imports.
"""
import ctypes
import os


class Reply(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_uint64), ("handle", ctypes.c_uint64)]


Credentials = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint64))


def _reseed():
    """Give the Go runtime a seed of its own.

    It seeds math/rand and its maps from the 16 bytes that the kernel left at
    AT_RANDOM, and those are the same in every process forked from one parent.
    """
    try:
        getauxval = ctypes.CDLL(None).getauxval
    except (AttributeError, OSError, TypeError):
        return
    getauxval.restype, getauxval.argtypes = ctypes.c_void_p, [ctypes.c_ulong]
    at_random = getauxval(25)
    if at_random:
        ctypes.memmove(at_random, os.urandom(16), 16)


def _load():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "library")) as setting:
        path = os.path.join(os.path.dirname(here), setting.read().strip())
    _reseed()
    try:
        library = ctypes.CDLL(path)
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
