"""Encodes the parts of the context that few invocations have."""
import json
import math
import time


def deadline(context):
    """The deadline in milliseconds since 1970 according to a context that is not the runtime client's, or ""."""
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    left = remaining() if callable(remaining) else None
    # Without a limit, there is no deadline.
    return int(time.time() * 1000 + left) if isinstance(left, (int, float)) and math.isfinite(left) else ""


def client_context(client):
    application = getattr(client, "client", None)
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    return _json(
        {
            "custom": getattr(client, "custom", None),
            "env": getattr(client, "env", None),
            "client": {name: getattr(application, name, None) for name in names},
        }
    )


def identity(cognito):
    return _json(
        {
            "CognitoIdentityID": cognito.cognito_identity_id,
            "CognitoIdentityPoolID": cognito.cognito_identity_pool_id,
        }
    )


def _json(value):
    return json.dumps(value, default=_nothing)


def _nothing(_value):
    """The value of a field that is not JSON, for example in a context that a test has made up."""
