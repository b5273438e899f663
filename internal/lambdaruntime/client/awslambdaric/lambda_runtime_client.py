"""Talks HTTP to the Lambda Runtime API over one persistent connection.

It does not use http.client, which would import the email package and delay a function's cold start.
"""

import io
import os
import sys

from .lambda_runtime_marshaller import LambdaMarshaller, to_json

API = "/2018-06-01/runtime/"
MAX_XRAY_FAULT = 1024 * 1024  # bytes; Lambda accepts no larger header


class LambdaRuntimeClientError(Exception):
    def __init__(self, endpoint, response_code, response_body):
        super(LambdaRuntimeClientError, self).__init__(
            "Request to Lambda Runtime '%s' endpoint failed. Reason: '%s'. Response body: '%s'"
            % (endpoint, response_code, response_body.decode("utf-8", "replace"))
        )
        self.endpoint = endpoint
        self.response_code = response_code
        self.response_body = response_body


class InvocationRequest(object):
    def __init__(self, headers, event_body):
        self.invoke_id = headers.get("lambda-runtime-aws-request-id")
        self.x_amzn_trace_id = headers.get("lambda-runtime-trace-id")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.deadline_time_in_ms = headers.get("lambda-runtime-deadline-ms")
        self.client_context = headers.get("lambda-runtime-client-context")
        self.cognito_identity = headers.get("lambda-runtime-cognito-identity")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self.content_type = headers.get("content-type")
        self.event_body = event_body


class Connection(object):
    """One request and its response at a time."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self._host = address.encode("ascii")
        if os.name == "posix":
            # The socket module would import selectors and enum, and its files are read by Python code.
            import _socket as socket

            self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._socket.connect((host, int(port)))
            self._input = io.open(self._socket.fileno(), "rb", closefd=False, buffering=65536)
        else:
            import socket

            self._socket = socket.create_connection((host, int(port)))
            self._input = self._socket.makefile("rb", buffering=65536)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path):
        return self._exchange(b"GET", path, b"", b"")

    def post(self, path, body, content_type, headers=()):
        fields = "Content-Length: %d\r\n" % len(body)
        if content_type:
            fields += "Content-Type: %s\r\n" % content_type
        for name, value in headers:
            fields += "%s: %s\r\n" % (name, value.replace("\r", " ").replace("\n", " "))
        return self._exchange(b"POST", path, fields.encode("utf-8"), body)

    def _exchange(self, method, path, fields, body):
        head = b"%b %b HTTP/1.1\r\nHost: %b\r\n%b\r\n" % (method, path.encode("ascii"), self._host, fields)
        if len(body) <= 131072:  # a copy takes less time than to wake the API twice
            self._socket.sendall(head + body)
        else:
            self._socket.sendall(head)
            self._socket.sendall(body)
        return self._response()

    def _response(self):
        """Returns the status, the headers by lower-case name, and the body."""
        lines = self._head().decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines[1:-2]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if "content-length" in headers:
            body = self._read(int(headers["content-length"]))
        else:
            body = self._chunks() if headers.get("transfer-encoding") == "chunked" else b""
        return int(lines[0].split(None, 2)[1]), headers, body

    def _head(self):
        """Returns the bytes up to the body, which usually arrive together."""
        end = self._input.peek(1).find(b"\r\n\r\n")
        if end >= 0:
            return self._input.read(end + 4)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self._input.readline()
            if not line:
                raise ConnectionError("the Lambda Runtime API has closed the connection")
            head += line
        return head

    def _read(self, length):
        body = self._input.read(length)
        if len(body) != length:
            raise ConnectionError("the Lambda Runtime API has closed the connection within a response")
        return body

    def _chunks(self):
        chunks = []
        while True:
            length = int(self._input.readline().split(b";")[0], 16)
            if length == 0:
                while self._input.readline().strip():  # a trailer
                    pass
                return b"".join(chunks)
            chunks.append(self._read(length))
            self._input.readline()


class BaseLambdaRuntimeClient(object):
    # An attribute of the class, so that a function can replace it.
    marshaller = LambdaMarshaller()

    def __init__(self, lambda_runtime_address, use_thread_for_polling_next=False):
        self.lambda_runtime_address = lambda_runtime_address
        self.use_thread_for_polling_next = use_thread_for_polling_next
        self._connection = Connection(lambda_runtime_address)

    def wait_next_invocation(self):
        status, headers, body = self._connection.get(API + "invocation/next")
        if status != 200:
            raise LambdaRuntimeClientError("invocation/next", status, body)
        return InvocationRequest(headers, body)

    def post_invocation_result(self, invoke_id, result_data, content_type="application/json"):
        if isinstance(result_data, str):
            result_data = result_data.encode("utf-8")
        path = API + "invocation/" + invoke_id + "/response"
        status, _, _ = self._connection.post(path, result_data, content_type)
        if status != 202:
            sys.stderr.write(
                "[ERROR] LAMBDA_RUNTIME Failed to post handler success response. Http response code: %d.\n" % status
            )
            raise RuntimeError("Failed to post invocation response")

    def post_invocation_error(self, invoke_id, error_response_data, xray_fault):
        headers = []
        if len(xray_fault.encode("utf-8")) < MAX_XRAY_FAULT:
            headers.append(("Lambda-Runtime-Function-XRay-Error-Cause", xray_fault))
        path = API + "invocation/" + invoke_id + "/error"
        body = error_response_data.encode("utf-8")
        status, _, _ = self._connection.post(path, body, "application/json", headers)
        if status != 202:
            raise RuntimeError("Failed to post invocation error")

    def post_init_error(self, error_response_data, error_type_override=None):
        self._report("init/error", error_response_data, error_type_override or error_response_data["errorType"])

    def restore_next(self):
        status, _, body = self._connection.get(API + "restore/next")
        if status != 200:
            raise LambdaRuntimeClientError("restore/next", status, body)

    def report_restore_error(self, restore_error_data):
        self._report("restore/error", restore_error_data, "Runtime.AfterRestoreError")

    def _report(self, endpoint, error, error_type):
        headers = [("Lambda-Runtime-Function-Error-Type", error_type)]
        # Without a content type, as in AWS's client.
        status, _, body = self._connection.post(API + endpoint, to_json(error).encode("utf-8"), None, headers)
        if status != 202:
            raise LambdaRuntimeClientError(endpoint, status, body)


class LambdaRuntimeClient(BaseLambdaRuntimeClient):
    pass
