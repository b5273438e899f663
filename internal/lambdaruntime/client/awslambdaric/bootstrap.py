"""Imports a function's handler and calls it with one event after the other."""

import importlib
import json
import logging  # noqa: F401 (functions may rely on its being loaded)
import os
import sys
import time
import traceback

from . import lambda_runtime_log_utils as log_utils
from .lambda_context import LambdaContext
from .lambda_runtime_client import LambdaRuntimeClient
from .lambda_runtime_exception import FaultException
from .lambda_runtime_marshaller import to_json

INIT_TYPE_SNAP_START = "snap-start"


def run(app_root, handler, lambda_runtime_api_addr):
    """Serves the handler ("module.function") in the folder app_root until the process ends."""
    sys.stdout = log_utils.Unbuffered(sys.stdout)
    sys.stderr = log_utils.Unbuffered(sys.stderr)
    log_sink = log_utils.StandardLogSink()
    log_format = os.environ.get("AWS_LAMBDA_LOG_FORMAT")
    request_filter = log_utils.set_up(log_sink, log_format, os.environ.get("AWS_LAMBDA_LOG_LEVEL"))
    client = LambdaRuntimeClient(lambda_runtime_api_addr)
    sys.path.insert(0, app_root)

    try:
        request_handler = load_handler(handler)
    except Exception:
        error, _ = describe(None)
        log_error(error, log_sink)
        client.post_init_error(error)
        sys.exit(1)
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == INIT_TYPE_SNAP_START:
        on_init_complete(client, log_sink)

    while True:
        request = client.wait_next_invocation()
        request_filter.request_id = request.invoke_id
        request_filter.tenant_id = request.tenant_id
        update_xray_env_variable(request.x_amzn_trace_id)
        handle_event_request(
            client,
            request_handler,
            request.invoke_id,
            request.event_body,
            request.content_type,
            request.client_context,
            request.cognito_identity,
            request.invoked_function_arn,
            request.deadline_time_in_ms,
            request.tenant_id,
            log_sink,
        )


def handle_event_request(
    lambda_runtime_client,
    request_handler,
    invoke_id,
    event_body,
    content_type,
    client_context_json,
    cognito_identity_json,
    invoked_function_arn,
    epoch_deadline_time_in_ms,
    tenant_id,
    log_sink,
):
    """Answers one event. Only exceptions are caught: SystemExit ends the process, as on Lambda."""
    try:
        lambda_context = LambdaContext(
            invoke_id,
            parse_header(client_context_json, "Client Context"),
            parse_header(cognito_identity_json, "Cognito Identity"),
            int(epoch_deadline_time_in_ms),
            invoked_function_arn,
            tenant_id,
        )
        marshaller = lambda_runtime_client.marshaller
        event = marshaller.unmarshal_request(event_body, content_type)
        response = request_handler(event, lambda_context)
        result, result_content_type = marshaller.marshal_response(response)
    except Exception:
        error, fault = describe(invoke_id)
    else:
        lambda_runtime_client.post_invocation_result(invoke_id, result, result_content_type)
        return
    log_error(error, log_sink)
    lambda_runtime_client.post_invocation_error(invoke_id, to_json(error), to_json(fault))


def parse_header(text, name):
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as e:
        raise FaultException(
            FaultException.LAMBDA_CONTEXT_UNMARSHAL_ERROR, "Unable to parse %s JSON: %s" % (name, e)
        )


def load_handler(handler):
    """Imports the module and returns the function. Raises Lambda's exceptions or the module's own."""
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as e:
        raise FaultException(FaultException.MALFORMED_HANDLER_NAME, "Bad handler '%s': %s" % (handler, e))
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise FaultException(
            FaultException.BUILT_IN_MODULE_CONFLICT,
            "Cannot use built-in module %s as a handler module" % module_name,
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as e:
        raise FaultException(
            FaultException.IMPORT_MODULE_ERROR, "Unable to import module '%s': %s" % (module_name, e)
        )
    except SyntaxError as e:
        raise FaultException(
            FaultException.USER_CODE_SYNTAX_ERROR,
            "Syntax error in module '%s': %s" % (module_name, e),
            ['  File "%s" Line %s\n    %s' % (e.filename, e.lineno, e.text)],
        )
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise FaultException(
            FaultException.HANDLER_NOT_FOUND, "Handler '%s' missing on module '%s'" % (function_name, module_name)
        )


def on_init_complete(lambda_runtime_client, log_sink):
    """Runs the hooks before the snapshot, waits until it is restored, and runs the hooks after it."""
    try:
        from . import lambda_runtime_hooks_runner as hooks

        hooks.run_before_snapshot()
        lambda_runtime_client.restore_next()
    except BaseException:
        error, _ = describe(None, faults=False)
        log_error(error, log_sink)
        lambda_runtime_client.post_init_error(error, FaultException.BEFORE_SNAPSHOT_ERROR)
        sys.exit(64)
    try:
        hooks.run_after_restore()
    except BaseException:
        error, _ = describe(None, faults=False)
        log_error(error, log_sink)
        lambda_runtime_client.report_restore_error(error)
        sys.exit(65)


def describe(invoke_id, faults=True):
    """Returns the error document and the X-Ray fault of the exception being handled.

    In hooks of snapshots, AWS's client treats faults like any other exception.
    """
    error_type, error, tb = sys.exc_info()
    if faults and isinstance(error, FaultException):
        document = make_error(error.msg, error.exception_type, error.trace, invoke_id)
        return document, make_xray_fault("LambdaValidationError", error.msg, [])
    frames = extract_traceback(tb)
    for index, frame in enumerate(frames):
        if "/bootstrap.py" not in frame[0].replace(os.sep, "/"):
            frames = frames[index:]
            break
    document = make_error(str(error), error_type.__name__, traceback.format_list(frames), invoke_id)
    return document, make_xray_fault(error_type.__name__, str(error), frames)


def extract_traceback(tb):
    """Returns the file, line, name and text of each frame. Handlers may replace the function."""
    return [tuple(frame) for frame in traceback.extract_tb(tb)]


def make_error(error_message, error_type, stack_trace, invoke_id=None):
    return {
        "errorMessage": error_message or "",
        "errorType": error_type or "",
        "requestId": invoke_id or "",
        "stackTrace": stack_trace or [],
    }


def make_xray_fault(error_type, error_message, frames):
    return {
        "working_directory": os.getcwd(),
        "exceptions": [
            {
                "type": error_type,
                "message": error_message,
                "stack": [{"label": f[2], "path": f[0], "line": f[1]} for f in frames],
            }
        ],
        "paths": list({f[0]: None for f in frames}),
    }


def log_error(error, log_sink):
    if log_utils.is_json(os.environ.get("AWS_LAMBDA_LOG_FORMAT")):
        entry = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "level": "ERROR"}
        entry.update(error)
        log_sink.log_error([to_json(entry)])
        return
    words = ["[ERROR]", error["errorType"], error["errorMessage"]]
    if words[1] and words[2]:
        words[1] += ":"
    lines = [" ".join(word for word in words if word)]
    if error.get("stackTrace") is not None:
        lines.append("Traceback (most recent call last):")
        for frame in error["stackTrace"]:
            lines += frame.splitlines() or [""]
    log_sink.log_error(lines)


def update_xray_env_variable(xray_trace_id):
    if xray_trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = xray_trace_id
    elif "_X_AMZN_TRACE_ID" in os.environ:
        del os.environ["_X_AMZN_TRACE_ID"]
