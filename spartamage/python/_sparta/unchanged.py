"""Remembers the JSON of the event and of Go's last response: what Python code passes on unchanged is not encoded again.

Whether a value is unchanged is seen from its image by marshal, which takes a tenth of the time of encoding it. A
response that a handler only passes on is not even decoded.
"""
import json
import marshal
import sys

# It has the same result as the client's own decoder. int raises ValueError for NaN, which is not JSON.
_decode = json.JSONDecoder(parse_constant=int).decode
_event = _response = None  # a value, its JSON and its image


def _image(value):
    try:
        return marshal.dumps(value, 2)  # newer formats depend on how often an object is referred to
    except ValueError:  # it has something that JSON does not
        return None


def _json(value, remembered, intact=False):
    if remembered is None or value is not remembered[0]:
        return None
    return remembered[1] if intact or _image(value) == remembered[2] else None


def _remembered(value, text):
    image = _image(value) if type(value) is dict or type(value) is list else None
    return None if image is None else (value, text, image)


def event_json(event, intact):
    """The JSON of the invocation's event, or None for anything else."""
    return _json(event, _event, intact)


def remember_response(value, text):
    """Remembers what a call of Go has returned, in case that it becomes the handler's response."""
    global _response
    _response = _remembered(value, text)


class Response(object):
    """A response of Go that no Python code sees: the handler returns it to the runtime client."""

    def __init__(self, text):
        self.text = text


# The code of handlers that do nothing but return index.X(event, context), or X(event, context). Its arguments are
# numbers, so it is the same whatever the names are. In a longer handler, the caller may be a function in C, which has
# no frame and sees the result: list(map(index.X, events)).
_PASSING_ON = frozenset(
    passing_on.__code__.co_code
    for passing_on in (lambda event, context: sys.X(event, context), lambda event, context: len(event, context))
)
_examined = (None, False)  # the code that was examined last, and whether it is the handler's and passes on


def is_returned(called, client):
    """Reports whether a Go function is called by the handler, which does nothing else than return the result."""
    global _examined
    try:
        frame = sys._getframe(2)
    except ValueError:  # a thread runs the function itself
        return False
    caller, code = frame.f_back, frame.f_code
    if caller is None or caller.f_globals is not client:
        return False
    known, passes_on = _examined
    if known is not code:
        handler = caller.f_locals.get("request_handler")
        passes_on = getattr(handler, "__code__", None) is code and code.co_code in _PASSING_ON
        _examined = (code, passes_on)
    if not passes_on:
        return False
    found = frame.f_globals.get(code.co_names[0])
    return found is called or found is not None and found is sys.modules.get("index")


class Payloads(object):
    """A marshaller that remembers events, and posts Go's responses as they are."""

    def __init__(self, inner):
        self._inner = inner

    def unmarshal_request(self, request, content_type="application/json"):
        global _event, _response
        event, text = None, bytes(request)
        decoded = content_type == "application/json"
        if decoded:
            try:
                event = _decode(text.decode("utf-8"))
            except (ValueError, RecursionError):
                decoded = False
        if not decoded:  # the client has its own errors
            event = self._inner.unmarshal_request(request, content_type)
        _event, _response = _remembered(event, text) if decoded else None, None
        return event

    def marshal_response(self, response):
        global _event, _response
        text = response.text if type(response) is Response else _json(response, _response)
        _event = _response = None
        return self._inner.marshal_response(response) if text is None else (text, "application/json")
