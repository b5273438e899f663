"""Calls a library in Go as Sparta 1.x did: boto3 for the credentials, buffers of a fixed size, JSON in between."""
import ctypes
import json
import os

import boto3

library = ctypes.CDLL(os.environ["PROGRAM"])
library.Work.restype = ctypes.c_int
SIZE = 6 * 1024 * 1024
buffer = ctypes.create_string_buffer(SIZE)
session = boto3.Session()


def handler(event, context):
    request = {"event": event, "context": {"aws_request_id": context.aws_request_id}}
    keys = session.get_credentials()
    failed = ctypes.c_int(0)
    length = library.Work(
        json.dumps(request).encode("utf-8"),
        keys.access_key.encode("utf-8"),
        keys.secret_key.encode("utf-8"),
        (keys.token or "").encode("utf-8"),
        ctypes.byref(failed),
        buffer,
        SIZE,
    )
    answer = ctypes.string_at(buffer, length).decode("utf-8")
    if failed.value:
        raise RuntimeError(answer)
    return json.loads(answer)
