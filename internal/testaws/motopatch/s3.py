"""S3: the owner that a request expects, and bucket policies that require TLS."""

import json

from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import FakeBucket, s3_backends

DENIED = ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>'
          "<RequestId>TESTAWS</RequestId><HostId>TESTAWS</HostId></Error>")


class ExpectedOwner(object):
    """Refuses requests whose expected owner is not the bucket's, which moto does not check."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        expected = environ.get("HTTP_X_AMZ_EXPECTED_BUCKET_OWNER")
        bucket = environ.get("PATH_INFO", "/").lstrip("/").split("/")[0]
        if expected and bucket in s3_backends.bucket_accounts:
            _, owner = s3_backends.bucket_accounts[bucket]
            if expected != (owner or DEFAULT_ACCOUNT_ID):
                body = b"" if environ["REQUEST_METHOD"] == "HEAD" else DENIED.encode("utf-8")
                length = int(environ.get("CONTENT_LENGTH") or 0)
                environ["wsgi.input"].read(length)
                headers = [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))]
                start_response("403 Forbidden", headers)
                return [body]
        return self.app(environ, start_response)


def get_permission(self, action, resource):
    """Like moto's, which ignores conditions and whether a principal is a service.

    Every request counts as one over TLS by a user of the bucket's account.
    """
    if self.policy is None:
        return original_get_permission(self, action, resource)
    policy = json.loads(self.policy.decode("utf-8"))
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    kept = [s for s in statements if s.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport") != "false"
            and "aws:PrincipalAccount" not in s.get("Condition", {}).get("StringNotEquals", {})
            and not (isinstance(s.get("Principal"), dict) and list(s["Principal"]) == ["Service"])]
    if not kept:
        from moto.iam.access_control import PermissionResult
        return PermissionResult.NEUTRAL
    bucket = FakeBucket.__new__(FakeBucket)
    bucket.policy = json.dumps(dict(policy, Statement=kept)).encode("utf-8")
    return original_get_permission(bucket, action, resource)


original_get_permission = FakeBucket.get_permission


def install():
    FakeBucket.get_permission = get_permission
