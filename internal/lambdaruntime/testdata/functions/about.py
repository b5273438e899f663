"""Handlers that return their context and environment."""

import logging
import os
import sys


def context(event, context):
    remaining = context.get_remaining_time_in_millis()
    return {
        "aws_request_id": context.aws_request_id,
        "log_group_name": context.log_group_name,
        "function_name": context.function_name,
        "memory_limit_in_mb": context.memory_limit_in_mb,
        "function_version": context.function_version,
        "invoked_function_arn": context.invoked_function_arn,
        "tenant_id": context.tenant_id,
        "client_context": context.client_context and {
            "custom": context.client_context.custom,
            "env": context.client_context.env,
            "app_title": context.client_context.client.app_title,
        },
        "identity": [context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id],
        "in_time": 0 < remaining <= 60000 and isinstance(context._epoch_deadline_time_in_ms, int),
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
    }


def environment(event, context):
    return {name: os.environ.get(name) for name in event}


def path(event, context):
    return {"path": sys.path[0], "cwd": os.getcwd(), "python": "%d.%d" % sys.version_info[:2]}


def prints(event, context):
    sys.stdout.write("to stdout \u00fc\n")
    sys.stderr.write("to stderr\n")
    logging.getLogger("mine").warning("a warning", extra={"order": 7})
    logging.getLogger("mine").info("not shown")
    context.log("from context\n")


def client_version(event, context):
    import awslambdaric

    return awslambdaric.__version__


def runtime_api(event, context):
    """Returns the status and the body of each request, given as "METHOD /path"."""
    import http.client

    answers = {}
    for request in event:
        method, path = request.split(" ")
        connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
        connection.request(method, path, b"{}", {"Expect": "100-continue"})
        response = connection.getresponse()
        answers[request] = [response.status, response.read().decode()]
        connection.close()
    return answers
