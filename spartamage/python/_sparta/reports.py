"""What the runtime client reports of Go's errors.

Lambda's runtime client looks up the functions that it reports errors with when it needs them, so they are wrapped at
the first error: it logs no traceback that has no frames, and shows no frames of this package.
"""
import os
import sys

_here = os.path.dirname(__file__) + os.sep
_tidy = None  # whether the runtime client leaves the frames of this package out


def tidy():
    """Wraps the runtime client's functions, once, and returns whether it leaves the frames of this package out."""
    global _tidy
    if _tidy is None:
        loop = sys.modules.get("awslambdaric.bootstrap")
        _wrap(loop, "log_error", _without_empty_trace)
        _tidy = _wrap(loop, "extract_traceback", _without_own_frames)
    return _tidy


def _wrap(module, name, wrapper):
    inner = getattr(module, name, None)
    if inner is None:
        return False
    setattr(module, name, wrapper(inner))
    return True


def _without_own_frames(inner):
    def extract_traceback(tb):
        frames = inner(tb)
        others = [frame for frame in frames if not frame[0].startswith(_here)]
        # The client leaves its own frames out, but not if there are no others.
        if len(others) < len(frames) and all("/bootstrap.py" in frame[0].replace(os.sep, "/") for frame in others):
            return []
        return others

    return extract_traceback


def _without_empty_trace(inner):
    def log_error(error_result, log_sink):
        if not error_result.get("stackTrace"):
            error_result = {key: value for key, value in error_result.items() if key != "stackTrace"}
        inner(error_result, log_sink)

    return log_error
