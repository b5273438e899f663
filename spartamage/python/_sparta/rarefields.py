"""Encodes the parts of the context that few invocations have."""
import json


def client_context(client):
    application = getattr(client, "client", None)
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
    return json.dumps(
        {
            "custom": getattr(client, "custom", None),
            "env": getattr(client, "env", None),
            "client": {name: getattr(application, name, None) for name in names},
        }
    )


def identity(cognito):
    return json.dumps(
        {
            "CognitoIdentityID": cognito.cognito_identity_id,
            "CognitoIdentityPoolID": cognito.cognito_identity_pool_id,
        }
    )
