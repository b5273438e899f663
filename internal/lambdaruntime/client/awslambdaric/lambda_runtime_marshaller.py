"""Decodes events for handlers and encodes their results."""

import os
import sys

from .lambda_runtime_exception import FaultException

try:
    import simplejson as json
    import simplejson.raw_json  # noqa: F401 (found as json.raw_json)
except ImportError:
    from . import plain_json as json

# The runtimes that respond in UTF-8; older ones escape everything that is not ASCII.
UTF8_ENVIRONMENTS = frozenset("AWS_Lambda_python3." + minor for minor in ("12", "13", "14", "15"))


class Encoder(json.JSONEncoder):
    def __init__(self):
        ensure_ascii = os.environ.get("AWS_EXECUTION_ENV") not in UTF8_ENVIRONMENTS
        super(Encoder, self).__init__(use_decimal=False, ensure_ascii=ensure_ascii, allow_nan=True)

    def default(self, o):
        decimal = sys.modules.get("decimal")  # there is no Decimal unless the module has been imported
        if decimal is not None and isinstance(o, decimal.Decimal):
            return json.raw_json.RawJSON(str(o))
        return super(Encoder, self).default(o)


def to_json(obj):
    return Encoder().encode(obj)


class LambdaMarshaller(object):
    def __init__(self):
        self.jsonEncoder = Encoder()

    def unmarshal_request(self, request, content_type="application/json"):
        if content_type != "application/json":
            return request
        try:
            return json.loads(request)
        except Exception as e:
            raise FaultException(FaultException.UNMARSHAL_ERROR, "Unable to unmarshal input: %s" % e)

    def marshal_response(self, response):
        if isinstance(response, bytes):
            return response, "application/unknown"
        try:
            return self.jsonEncoder.encode(response), "application/json"
        except Exception as e:
            raise FaultException(FaultException.MARSHAL_ERROR, "Unable to marshal response: %s" % e)
