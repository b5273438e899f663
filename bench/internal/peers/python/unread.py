"""Answers with the event, which is neither decoded nor encoded: what is left is the runtime client's own time."""
import sys


class Unread(object):
    def unmarshal_request(self, request, content_type="application/json"):
        return bytes(request)

    def marshal_response(self, response):
        return response, "application/json"


def handler(event, context):
    return event


_client = sys.modules["awslambdaric.lambda_runtime_client"]
for _name in ("BaseLambdaRuntimeClient", "LambdaRuntimeClient"):
    if "marshaller" in vars(getattr(_client, _name, object)):
        getattr(_client, _name).marshaller = Unread()
