"""Responses for a runtime client that encodes what handlers return."""
import json
import sys


def _raw_json():
    """The runtime client's type for text that is already JSON, or None."""
    marshaller = sys.modules.get("awslambdaric.lambda_runtime_marshaller")
    try:
        return marshaller.json.raw_json.RawJSON
    except AttributeError:
        return None


_RawJSON = _raw_json()


def response(body):
    """Go's response in a form that reaches Lambda byte for byte, if the client has one."""
    try:
        text = body.decode("utf-8")
        return _RawJSON(text) if _RawJSON is not None else json.loads(text)
    except ValueError:
        return body
