"""Turns Go's error documents into Python exceptions."""
import json
import sys
import types

_classes = {}


def fault(kind, message, frames=()):
    """An exception that the runtime client reports with exactly this type, message and stack."""
    client = sys.modules.get("awslambdaric.lambda_runtime_exception")
    if client is None:
        return _class(kind)(message)
    from . import reports

    reports.tidy()
    # Around a snapshot, the runtime client reports an exception's class and text even if the exception is its own,
    # whose text is that of a tuple.
    text = {"__module__": "builtins", "__str__": lambda self: self.msg}
    return type(_without_nul(kind), (client.FaultException,), text)(kind, message, list(frames))


def no_handler(name, names):
    """The exception for a handler setting that names a function that the application does not have."""
    return fault(
        "Runtime.HandlerNotFound",
        "the application has no function '%s'; it has: %s" % (name, ", ".join(sorted(names))),
    )


def exception(document):
    """The exception for an error document, with Go's type, message and frames."""
    failure = json.loads(document.decode("utf-8", "replace"))
    error = _class(failure["errorType"])(failure["errorMessage"])
    # An application may write such documents itself, with frames that are null.
    error.go_frames = [frame for frame in failure.get("stackTrace") or [] if frame]
    return error.with_traceback(_traceback(error.go_frames))


def describe(error):
    """Type, message and formatted frames of an exception, for an init error."""
    frames = getattr(error, "go_frames", [])
    return type(error).__name__, str(error), ['  File "%(path)s", line %(line)d, in %(label)s\n' % f for f in frames]


def _class(name):
    name = _without_nul(name)
    # There is one class for each name: callers of a handler may compare classes,
    # and only Python's garbage collector frees a class.
    if name not in _classes:
        if len(_classes) > 1000:
            _classes.clear()
        _classes[name] = type(name, (Exception,), {"__module__": "builtins"})
    return _classes[name]


def _without_nul(text):
    """The text in a form that Python accepts as the name of a class or a file."""
    return text.replace("\0", "\ufffd")


def _traceback(frames):
    """A traceback whose frames are Go's: the outermost first, as Python's are."""
    if not hasattr(types.CodeType, "replace"):
        return None  # before Python 3.8
    chain = None
    for frame in frames:
        line = max(frame["line"], 1)
        raised = _raise_in(_without_nul(frame["path"]), line, frame["label"])
        chain = types.TracebackType(chain, raised.tb_frame, raised.tb_lasti, line)
    return chain


_division = compile("1/0", "", "exec")


def _raise_in(path, line, label):
    # A line is counted from the code's first line, so the source need not have that many lines.
    code = _division.replace(co_filename=path, co_name=label, co_firstlineno=line)
    try:
        exec(code, {})
    except ZeroDivisionError as error:
        return error.__traceback__.tb_next
