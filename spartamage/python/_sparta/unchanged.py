"""Spares JSON that nobody reads: an event that Python code passes on unchanged, and a response that it returns so.

A handler that does nothing else is handed the event as bytes, and neither is decoded. Otherwise the JSON of the event
and of Go's last response is remembered. Whether a value is unchanged is seen from its image by marshal, which takes a
tenth of the time of encoding it.
"""
import json
import marshal
import sys

# It has the same result as the client's own decoder. int raises ValueError for NaN, which is not JSON.
_decode = json.JSONDecoder(parse_constant=int).decode
_event = _response = None  # a value, its JSON and its image
raw = None  # the invocation's event, if its handler is handed it as bytes


def _image(value):
    try:
        return marshal.dumps(value, 2)  # newer formats depend on how often an object is referred to
    except ValueError:  # it has something that JSON does not
        return None


def _json(value, remembered):
    unchanged = remembered is not None and value is remembered[0] and _image(value) == remembered[2]
    return remembered[1] if unchanged else None


def _remembered(value, text):
    image = None if type(value) is bytes else _image(value)  # bytes are what is not JSON
    return None if image is None else (value, text, image)


def event_json(event):
    """The JSON of the invocation's event, or None for anything else."""
    return _json(event, _event)


def remember_response(value, text):
    """Remembers what a call of Go has returned, in case that it becomes the handler's response."""
    global _response
    _response = _remembered(value, text)


class Response(object):
    """A response of Go that no Python code sees: the handler returns it to the runtime client."""

    def __init__(self, body, content_type):
        self.body, self.content_type = body, content_type


_Function = type(_image)

# The code of handlers that do nothing but return index.X(event, context), or X(event, context). Its arguments are
# numbers, so it is the same whatever the names are.
_PASSING_ON = frozenset(
    passing_on.__code__.co_code
    for passing_on in (lambda event, context: sys.X(event, context), lambda event, context: len(event, context))
)
_examined = (None, False)  # the code of the handler that was examined last, and whether it is one of these


class Payloads(object):
    """A marshaller that remembers events, and posts Go's responses as they are."""

    def __init__(self, inner, functions):
        self._inner = inner
        self._functions = functions  # of Go, by name

    def unmarshal_request(self, request, content_type="application/json"):
        global raw, _event, _response
        raw = _event = _response = None
        if content_type == "application/json":
            text = bytes(request)
            # Python has only one object for all bytes of the same value if they are shorter.
            if len(text) > 1 and self._passes_on(sys._getframe(1).f_locals.get("request_handler")):
                raw = text
                return text
            try:
                event = _decode(text.decode("utf-8"))
            except (ValueError, RecursionError):
                pass
            else:
                _event = _remembered(event, text)
                return event
        return self._inner.unmarshal_request(request, content_type)  # it has its own errors

    def _passes_on(self, handler):
        """Reports whether a handler is a Go function, or does nothing but call one and return its response."""
        global _examined
        if self._is_go(handler):
            return True
        if type(handler) is not _Function:
            return False
        code = handler.__code__
        if code is not _examined[0]:
            _examined = (code, code.co_code in _PASSING_ON)
        if not _examined[1]:
            return False
        names = code.co_names
        called = handler.__globals__.get(names[0])
        if len(names) == 2:
            called = getattr(called, names[1], None) if called is sys.modules.get("index") else None
        return self._is_go(called)

    def _is_go(self, called):
        return type(called) is _Function and self._functions.get(called.__name__) is called

    def marshal_response(self, response):
        global raw, _event, _response
        if type(response) is Response:
            posted = response.body, response.content_type
        else:
            text = _json(response, _response)
            posted = None if text is None else (text, "application/json")
        raw = _event = _response = None
        return posted or self._inner.marshal_response(response)
