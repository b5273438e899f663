"""Starts the application and calls its functions.

The file's name matters: Lambda's runtime client leaves frames of a file called
bootstrap.py out of stack traces, so that only the application's own remain.
"""
import os
import sys

from . import Callback, Reply, address_of, bytes_at, free, in_main_interpreter, invoke, keep, start, wants_credentials

_OWN_HANDLER = os.environ.get("_HANDLER", "").startswith("index.")


def _credentials(length):
    from . import credentials

    return credentials.hand_over(length)


# The status of a reply whose error is one after which the process must not handle another event. See export.go.
_FATAL = 2


def take(status, reply):
    """Returns the reply's bytes, or raises the error that they describe."""
    try:
        body = bytes_at(reply[0], reply[1]) if reply[1] else b""  # an iteration over a reply takes longer
    finally:
        if reply[2]:
            free(reply[2])
    if status == 0:
        return body
    from . import failure, reports

    error = failure.exception(body)
    if status == _FATAL:
        from . import panics

        panics.note(error)
    if _client is None or reports.tidy() or error.stack:
        raise error
    # Without frames of Go, the runtime client would show those of this file.
    raise failure.fault(*failure.describe(error))


def _own(error):
    """The error, which is this package's own: the runtime client shows the frames of those who have called it."""
    from . import reports

    reports.tidy()
    return error


def _start():
    reply = Reply()
    status = start(_callback, address_of(reply))
    try:
        return take(status, reply).decode("utf-8").split("\n")
    except Exception as error:
        from . import failure

        if _client is None or not isinstance(error, failure.GoError):
            raise
        raise failure.fault(*failure.describe(error)) from None


def _target(name):
    """The name of the Go function for an attribute. "handler" is the only function, if there is only one."""
    if name in _names or _names == ["*"]:
        return name
    return _names[0] if name == "handler" and len(_names) == 1 else None


def attributes():
    """The attributes that the module has from the start."""
    asked = [os.environ["_HANDLER"].split(".", 1)[1]] if _OWN_HANDLER else []
    found = {name: function(name) for name in asked + (["handler"] if _names == ["*"] else _names)}
    if sys.version_info < (3, 7):  # it does not call a module's __getattr__
        found.setdefault("GoError", attribute("GoError"))
    return found


def attribute(name):
    """The exception GoError or the Go function of that name, for the module's __getattr__."""
    if name == "GoError":
        from . import failure

        return failure.GoError
    if name.startswith("_"):
        raise AttributeError("module 'index' has no attribute '%s'" % name)
    if _target(name) is None:
        raise _own(AttributeError("module 'index' has no attribute '%s'" % name))
    return function(name)


def function(name):
    """The Lambda handler that calls the Go function of that name."""
    return _functions.get(name) or _functions.setdefault(name, _new_function(name))


def _new_function(name):
    encoded = _target(name).encode("utf-8", "replace")
    size = len(encoded)

    def handler(event, context=None):
        if os.getpid() != _pid:
            message = "a forked process cannot call Go: its runtime's threads stayed in process %d; "
            raise _own(RuntimeError(message % _pid + "use subprocess or multiprocessing's spawn method"))
        passed_on = False  # whether the handler does nothing but pass the event on and return the response
        if type(event) is not bytes:
            event = _encoded(event)
        elif _unchanged is not None:
            passed_on = event is _unchanged.raw
        about = _metadata(context)
        reply = Reply()
        status = invoke(encoded, size, event, len(event), about, len(about), address_of(reply))
        kind = bytes_at(reply[3], reply[4]) if reply[4] else None  # before the reply is freed
        body = take(status, reply)
        if passed_on and kind is None:
            return _unchanged.Response(body, "application/json")
        if _client is None or not _called_by_client(handler):
            from . import values

            try:
                value = values.plain(body, kind)
            except Exception as error:
                raise _own(error) from None
            if _unchanged is not None and kind is None:
                _unchanged.remember_response(value, body)
            return value
        if _payloads_are_raw:
            return body if kind is None else _Typed(body, kind.decode("utf-8"))
        if passed_on:
            return _unchanged.Response(body, kind.decode("utf-8"))
        from . import rawjson

        return rawjson.response(body)

    handler.__name__ = handler.__qualname__ = name
    return handler


def _encoded(event):
    """The JSON of an event that Python code passes to Go."""
    text = _unchanged.event_json(event) if _unchanged is not None else None
    if text is not None:
        return text
    from . import events

    try:
        return events.encode(event)
    except Exception as error:
        raise _own(error) from None


def _called_by_client(handler):
    """Reports whether the runtime client calls the handler, which is two frames up, and not Python code of the user's.

    Compiled Python code has no frames of its own, so it matters, too, that the client's handler is this one.
    """
    global _client_handler
    try:
        caller = sys._getframe(2)
    except ValueError:  # the handler is what a thread runs
        return False
    if caller.f_globals is not _client:
        return False
    if handler is not _client_handler:
        if caller.f_locals.get("request_handler") is not handler:
            return False
        _client_handler = handler
    return True


def _metadata(context):
    """The metadata of an invocation for Go: see metadataFields in cgo/bridge/metadata.go."""
    trace = _trace()
    if context is None:
        return ("\0\0\0%s\0\0\0" % trace).encode("utf-8", "replace")
    deadline = getattr(context, "_epoch_deadline_time_in_ms", None)
    if type(deadline) is not int:
        deadline = _rare("deadline", context)
    client = getattr(context, "client_context", None)
    identity = getattr(context, "identity", None)
    values = (
        getattr(context, "aws_request_id", None) or "",
        getattr(context, "invoked_function_arn", None) or "",
        deadline,
        trace,
        getattr(context, "tenant_id", None) or "",
        "" if client is None else _rare("client_context", client),
        _rare("identity", identity) if _known(identity) else "",
    )
    fields = "%s\0%s\0%s\0%s\0%s\0%s\0%s" % values
    if fields.count("\0") != 6:  # a value of a made-up context contains the separator
        fields = "\0".join(("%s" % (value,)).replace("\0", "\ufffd") for value in values)
    return fields.encode("utf-8", "replace")


def _trace():
    """The variable's value. To look it up in the dict behind os.environ takes a tenth of what os.environ.get takes."""
    try:
        value = os.environ._data.get(_TRACE)
    except AttributeError:  # someone has replaced os.environ
        return os.environ.get("_X_AMZN_TRACE_ID", "")
    return "" if value is None else os.environ.decodevalue(value)


def _known(identity):
    return bool(
        getattr(identity, "cognito_identity_id", None) or getattr(identity, "cognito_identity_pool_id", None)
    )


def _rare(field, value):
    from . import rarefields

    return getattr(rarefields, field)(value)


class _Typed(object):
    """A response whose content type is not JSON's."""

    def __init__(self, body, content_type):
        self.body, self.content_type = body, content_type


class _RawPayloads(object):
    """A marshaller that passes events and responses on as bytes."""

    def __init__(self, inner):
        self._inner = inner

    def unmarshal_request(self, request, content_type="application/json"):
        return bytes(request)

    def marshal_response(self, response):
        if type(response) is bytes:
            return response, "application/json"
        if type(response) is _Typed:
            return response.body, response.content_type
        return self._inner.marshal_response(response)


def _replace_payloads():
    """Puts a marshaller between the runtime client and its own. Returns the module unchanged if that is its.

    The runtime client's class attribute marshaller is meant to be replaced. It is kept if other code may read the event
    as a dict, or the response.
    """
    client = sys.modules.get("awslambdaric.lambda_runtime_client")
    loop = sys.modules.get("awslambdaric.bootstrap")
    handle = getattr(loop, "handle_event_request", None)
    if client is None or getattr(handle, "__module__", "") != "awslambdaric.bootstrap":
        return False, None
    if os.environ.get("AWS_LAMBDA_EXEC_WRAPPER") or not _WRAPPERS.isdisjoint(sys.modules):
        return False, None
    if _OWN_HANDLER:  # only Go reads the event: Python converts no JSON at all
        return _install(client, _RawPayloads), None
    from . import unchanged

    installed = _install(client, lambda inner: unchanged.Payloads(inner, _functions))
    return False, unchanged if installed else None


def _install(client, marshaller):
    installed = False
    for name in ("BaseLambdaRuntimeClient", "LambdaRuntimeClient"):
        owner = getattr(client, name, None)
        if owner is not None and "marshaller" in vars(owner):
            owner.marshaller = marshaller(owner.marshaller)
            installed = True
    return installed


# Packages that wrap handlers and read their events.
_WRAPPERS = frozenset(
    ("datadog_lambda", "elasticapm", "epsagon", "lumigo_tracer", "newrelic", "opentelemetry", "sentry_sdk", "thundra")
)

_loop = sys.modules.get("awslambdaric.bootstrap")
_client = vars(_loop) if _loop is not None else None  # the globals of the functions that call handlers
_client_handler = None
_functions = {}  # handlers that call Go, by name
_pid = os.getpid()
_TRACE = os.environ.encodekey("_X_AMZN_TRACE_ID")
if wants_credentials and not in_main_interpreter():
    # Go would call Python in the main interpreter, or in one that has ended.
    raise ImportError(
        "the Go library requests AWS credentials from Python (cgo.NewSession, cgo.Config), which works only in the "
        "main interpreter: import index there"
    )
_callback = Callback(_credentials) if wants_credentials else None  # kept alive, because Go keeps its address
_names = _start()
if _OWN_HANDLER and _target(os.environ["_HANDLER"].split(".", 1)[1]) is None:
    from . import failure

    raise failure.no_handler(os.environ["_HANDLER"].split(".", 1)[1], _names)
_payloads_are_raw, _unchanged = _replace_payloads()
keep()
if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
    from . import snapshot

    snapshot.register(take)
