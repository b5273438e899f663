"""Turns Go's error documents into Python exceptions."""
import json
import sys
import types


class GoError(Exception):
    """An error or a panic of Go.

    Its class has the name of Go's type and is derived from this one. These are its attributes:
    type: the name of Go's type;
    message: Go's text, which is the exception's, too;
    stack: the Go frames of a panic, the innermost first, as dicts with path, line and label.
    """

    __module__ = "index"

    def __new__(cls, type="", message="", stack=()):
        return Exception.__new__(_class(type) if cls is GoError else cls, message)

    def __init__(self, type="", message="", stack=()):
        Exception.__init__(self, message)
        self.type, self.message, self.stack = type, message, list(stack)

    def __reduce__(self):
        # Pickle and copy do not find a class that has the name of Go's type.
        made = _error if type(self).__module__ == "builtins" else type(self)
        return made, (self.type, self.message, self.stack), self.__dict__


def _error(kind, message, stack):
    return GoError(kind, message, stack)


_classes = {}


def fault(kind, message, frames=(), plain=None):
    """An exception that the runtime client reports with exactly this type, message and stack.

    Without the client, it is the plain one, or else a GoError.
    """
    client = sys.modules.get("awslambdaric.lambda_runtime_exception")
    if client is None:
        return plain or GoError(kind, message, frames)
    from . import reports

    reports.tidy()
    kind = _without_nul(kind)
    error = _class(kind, client.FaultException)(kind, message)
    # Around a snapshot, the runtime client reports an exception's class and text even if the exception is its own.
    error.exception_type, error.msg, error.trace = kind, message, list(frames)
    return error


def no_handler(name, names):
    """The exception for a handler setting that names a function that the application does not have."""
    message = "the application has no function '%s'; it has: %s" % (name, ", ".join(sorted(names)))
    return fault("Runtime.HandlerNotFound", message, plain=AttributeError(message))


def exception(document):
    """The exception for an error document, with Go's type, message and frames."""
    failure = json.loads(document.decode("utf-8", "replace"))
    # An application may write such documents itself, with frames that are null.
    frames = [frame for frame in failure.get("stackTrace") or [] if frame]
    error = GoError(failure["errorType"], failure["errorMessage"], frames)
    return error.with_traceback(_traceback(frames))


def describe(error):
    """Type, message and formatted frames of an exception, for an init error."""
    return error.type, error.message, ['  File "%(path)s", line %(line)d, in %(label)s\n' % f for f in error.stack]


def _class(name, *more):
    name = _without_nul(name)
    # There is one class for each name: callers of a handler may compare classes,
    # and only Python's garbage collector frees a class.
    if (name, more) not in _classes:
        if len(_classes) > 1000:
            _classes.clear()
        _classes[name, more] = type(name, (GoError,) + more, {"__module__": "builtins"})
    return _classes[name, more]


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
