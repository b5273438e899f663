"""Handlers for comparing the embedded client with AWS's: their requests and their log."""

import logging
import os
import sys

from awslambdaric.lambda_runtime_exception import FaultException


def field(obj, name):
    return getattr(obj, name, "missing")


def context(event, context):
    names = ("aws_request_id", "log_group_name", "log_stream_name", "function_name", "memory_limit_in_mb",
             "function_version", "invoked_function_arn", "tenant_id")
    seen = {name: field(context, name) for name in names}
    seen["deadline"] = context._epoch_deadline_time_in_ms
    seen["remaining"] = context.get_remaining_time_in_millis()
    seen["identity"] = [field(context.identity, name) for name in ("cognito_identity_id", "cognito_identity_pool_id")]
    client = context.client_context
    if client is not None:
        inner = field(client, "client")
        seen["client"] = [field(client, "custom"), field(client, "env"), inner and [field(inner, name) for name in (
            "installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")]]
    seen["trace"] = os.environ.get("_X_AMZN_TRACE_ID")
    seen["path"] = sys.path[0] == os.environ["LAMBDA_TASK_ROOT"]
    return seen


def logs(event, context):
    print("printed \u00fc")
    log = logging.getLogger("mine")
    log.warning("a %s", "warning", extra={"order": 7})
    log.info("info")
    log.warning({"a": 1})
    context.log("from context\n")
    try:
        deep(event)
    except ValueError:
        log.exception("caught")


def deep(event):
    raise ValueError("line one\nline two")


def raises(event, context):
    deep(event)


def raises_nothing(event, context):
    raise type("Empty", (Exception,), {})()


def raises_surrogate(event, context):
    raise ValueError("\ud800")


def chained(event, context):
    try:
        deep(event)
    except ValueError as e:
        raise KeyError("other") from e


def huge_message(event, context):
    raise ValueError("\u00fc" * event)


def fault(event, context):
    frames = ['  File "main.go", line 7, in main.main\n', "", "    deeper\n  two\n"]
    raise FaultException("main.Error", "no luck", frames)


def fault_of_fault(event, context):
    try:
        fault(event, context)
    except FaultException as e:
        return str(e)


def fault_without(event, context):
    raise FaultException("main.Error", "", None)


def fault_of_nothing(event, context):
    raise FaultException(None, None, [])
