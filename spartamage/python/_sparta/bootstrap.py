"""Loads the Go library and calls its functions.

The file's name matters: Lambda's runtime client leaves frames of a file called
bootstrap.py out of stack traces, so that only the application's own remain.
Whatever a start does not need is imported where it is needed.
"""
import ctypes
import json
import os
import sys
import time

_HERE = os.path.dirname(os.path.abspath(__file__))
_OWN_HANDLER = os.environ.get("_HANDLER", "").startswith("index.")


class _Reply(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_uint64), ("handle", ctypes.c_uint64)]


_Credentials = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint64))


@_Credentials
def _credentials(length):
    from . import credentials

    data, length[0] = credentials.handed_over()
    return data


def _fault(kind, message, frames=()):
    """An exception that the runtime client reports with just this type, message and stack."""
    client = sys.modules.get("awslambdaric.lambda_runtime_exception")
    if client is not None:
        return client.FaultException(kind, message, list(frames))
    return type(kind, (Exception,), {})(message)


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
    with open(os.path.join(_HERE, "library")) as setting:
        path = os.path.join(os.path.dirname(_HERE), setting.read().strip())
    _reseed()
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise _fault("OSError", "load the Go library: %s" % error)
    for name, arguments in (
        ("SpartaStart", [_Credentials, ctypes.POINTER(_Reply)]),
        ("SpartaInvoke", [ctypes.c_char_p, ctypes.c_uint64] * 3 + [ctypes.POINTER(_Reply)]),
        ("SpartaFree", [ctypes.c_uint64]),
        ("SpartaBeforeSnapshot", [ctypes.POINTER(_Reply)]),
        ("SpartaAfterRestore", [ctypes.POINTER(_Reply)]),
    ):
        export = getattr(library, name)
        export.argtypes = arguments
        export.restype = None if name == "SpartaFree" else ctypes.c_int32
    return library


def _take(status, reply):
    """The reply's bytes; raises the error that they describe."""
    try:
        body = ctypes.string_at(reply.data, reply.length) if reply.length else b""
    finally:
        _library.SpartaFree(reply.handle)
    if status == 0:
        return body
    from . import failure

    error = failure.exception(body)
    if error.go_frames:
        raise error
    # Without Go's frames the runtime client would show this file's.
    raise _fault(*failure.describe(error))


def _start():
    reply = _Reply()
    status = _library.SpartaStart(_credentials, reply)
    try:
        return _take(status, reply).decode("utf-8").split("\n")
    except Exception as error:
        if not hasattr(error, "go_frames"):
            raise
        from . import failure

        raise _fault(*failure.describe(error)) from None


def _snapshot(name):
    def hook():
        reply = _Reply()
        _take(getattr(_library, name)(reply), reply)

    return hook


def _check_handler():
    """Name the functions that there are when Lambda's setting names another."""
    name = os.environ["_HANDLER"].split(".", 1)[1]
    if _target(name) is None:
        raise _fault(
            "Runtime.HandlerNotFound",
            "the application has no function '%s'; it has: %s" % (name, ", ".join(sorted(_names))),
        )


def _target(name):
    """The Go function that answers to a name; index.handler is the only one that there is."""
    if name in _names or _names == ["*"]:
        return name
    return _names[0] if name == "handler" and len(_names) == 1 else None


def names():
    """The names that are known before anyone asks for them."""
    asked = [os.environ["_HANDLER"].split(".", 1)[1]] if _OWN_HANDLER else []
    return asked if _names == ["*"] else _names + asked


def attribute(name):
    """The Go function of that name, for the module's __getattr__."""
    if name.startswith("_") or _target(name) is None:
        raise AttributeError("module 'index' has no attribute '%s'" % name)
    return function(name)


def function(name):
    """A Lambda handler that calls the Go function of that name."""
    encoded = _target(name).encode("utf-8")
    size = len(encoded)

    def handler(event, context=None):
        if os.getpid() != _pid:
            raise RuntimeError(
                "a forked process cannot call Go: its runtime's threads stayed in process %d; "
                "use subprocess or multiprocessing's spawn method" % _pid
            )
        if type(event) is not bytes:
            event = _encode(event)
        about = _metadata(context)
        reply = _Reply()
        status = _library.SpartaInvoke(encoded, size, event, len(event), about, len(about), reply)
        return _result(_take(status, reply))

    handler.__name__ = handler.__qualname__ = name
    return handler


def _encode(event):
    try:
        return json.dumps(event, allow_nan=False).encode("ascii")
    except (TypeError, ValueError) as error:
        raise ValueError("the event has no JSON encoding: %s" % error)


def _metadata(context):
    """What Go is told of an invocation: see metadataFields in cgo/bridge/metadata.go."""
    trace = os.environ.get("_X_AMZN_TRACE_ID", "")
    if context is None:
        return ("\0\0\0%s\0\0\0" % trace).encode("utf-8")
    deadline = getattr(context, "_epoch_deadline_time_in_ms", None)
    if deadline is None:
        deadline = int(time.time() * 1000) + context.get_remaining_time_in_millis()
    client = getattr(context, "client_context", None)
    identity = getattr(context, "identity", None)
    fields = (
        context.aws_request_id,
        context.invoked_function_arn,
        str(deadline),
        trace,
        getattr(context, "tenant_id", None) or "",
        _client_context(client) if client is not None else "",
        _identity(identity) if getattr(identity, "cognito_identity_id", None) else "",
    )
    return "\0".join([field or "" for field in fields]).encode("utf-8", "replace")


def _client_context(client):
    application = getattr(client, "client", None)
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    return json.dumps(
        {
            "custom": getattr(client, "custom", None),
            "env": getattr(client, "env", None),
            "client": {name: getattr(application, name, None) for name in names},
        }
    )


def _identity(identity):
    return json.dumps(
        {
            "CognitoIdentityID": identity.cognito_identity_id,
            "CognitoIdentityPoolID": identity.cognito_identity_pool_id,
        }
    )


def _raw_json():
    """The runtime client's type for text that is JSON already, if it has one."""
    marshaller = sys.modules.get("awslambdaric.lambda_runtime_marshaller")
    try:
        return marshaller.json.raw_json.RawJSON
    except AttributeError:
        return None


def _result(body):
    """Go's response in a form that reaches Lambda byte for byte wherever there is one."""
    if _payloads_are_raw:
        return body
    try:
        text = body.decode("utf-8")
        return _RawJSON(text) if _RawJSON is not None else json.loads(text)
    except ValueError:
        return body


class _RawPayloads(object):
    """A marshaller that hands events and responses on as the bytes they are."""

    def __init__(self, inner):
        self._inner = inner

    def unmarshal_request(self, request, content_type="application/json"):
        return bytes(request)

    def marshal_response(self, response):
        if type(response) is bytes:
            return response, "application/json"
        return self._inner.marshal_response(response)


def _install_raw_payloads():
    """Spare both JSON conversions in Python where only Go looks at the event.

    The runtime client's class attribute marshaller is there to be replaced. It
    stays where anything else may want to see the event as a dict.
    """
    client = sys.modules.get("awslambdaric.lambda_runtime_client")
    loop = sys.modules.get("awslambdaric.bootstrap")
    handle = getattr(loop, "handle_event_request", None)
    if not _OWN_HANDLER or client is None or getattr(handle, "__module__", "") != "awslambdaric.bootstrap":
        return False
    if os.environ.get("AWS_LAMBDA_EXEC_WRAPPER") or not _WRAPPERS.isdisjoint(sys.modules):
        return False
    installed = False
    for name in ("BaseLambdaRuntimeClient", "LambdaRuntimeClient"):
        owner = getattr(client, name, None)
        if owner is not None and "marshaller" in vars(owner):
            owner.marshaller = _RawPayloads(owner.marshaller)
            installed = True
    return installed


# Packages that wrap handlers and read their events.
_WRAPPERS = frozenset(
    ("datadog_lambda", "elasticapm", "epsagon", "lumigo_tracer", "newrelic", "opentelemetry", "sentry_sdk", "thundra")
)

_pid = os.getpid()
_library = _load()
_names = _start()
_RawJSON = _raw_json()
if _OWN_HANDLER:
    _check_handler()
_payloads_are_raw = _install_raw_payloads()
if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
    try:
        import snapshot_restore_py
    except ImportError:
        pass
    else:
        snapshot_restore_py.register_before_snapshot(_snapshot("SpartaBeforeSnapshot"))
        snapshot_restore_py.register_after_restore(_snapshot("SpartaAfterRestore"))
