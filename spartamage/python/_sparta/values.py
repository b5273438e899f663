"""Go's responses as Python values, for Python code that calls Go functions."""
import json

# Content types of responses that are JSON. A handler of bytes has the second, and its responses are JSON as a rule.
_JSON = ("application/json", "application/octet-stream")


def _no_constant(text):
    raise json.JSONDecodeError("%s is not JSON" % text, text, 0)


_decoder = json.JSONDecoder(parse_constant=_no_constant)


def plain(body, content_type):
    """The value of a response, or its bytes if it is not JSON."""
    kind = content_type.decode("utf-8", "replace").partition(";")[0].strip().lower() if content_type else _JSON[0]
    if kind not in _JSON and not kind.endswith("+json"):
        return body
    try:
        return _decoder.decode(body.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return body
    except ValueError as error:  # a number of more digits than Python converts
        raise ValueError("the response is JSON that Python does not decode: %s" % error)
