"""Encodes events that are not bytes in Python."""
import json
import os
import re
import sys

_ORDINARY = (dict, list, str, int, float, type(None))


def encode(event):
    """The event's JSON. A bytes-like object contains it already."""
    if not isinstance(event, _ORDINARY):
        try:
            view = memoryview(event)
        except TypeError:
            pass
        else:
            if view.format in ("B", "b", "c"):
                return view.tobytes()
    numbers = _Numbers()
    try:
        try:
            # Escapes would make an event in a script other than Latin three times as large.
            text = json.dumps(event, allow_nan=False, ensure_ascii=False, default=numbers)
            return numbers.insert(text).encode("utf-8")
        except UnicodeEncodeError:  # it contains half of a surrogate pair, which only an escape can express
            text = json.dumps(event, allow_nan=False, default=numbers)
            return numbers.insert(text).encode("ascii")
    except TypeError as error:
        raise TypeError("the event has no JSON encoding: %s" % error)
    except ValueError as error:
        raise ValueError("the event has no JSON encoding: %s" % error)


class _Numbers(object):
    """Encodes a Decimal as the number that it is, with all its digits, as AWS's runtime client encodes responses.

    Python's encoder has no way to write such a number, so it writes a text with a mark, which is replaced afterwards.
    """

    def __init__(self):
        self._mark = None

    def __call__(self, value):
        module = sys.modules.get("decimal")
        if module is None or not isinstance(value, module.Decimal):
            advice = ": decode it, or encode it with base64 for a []byte" if isinstance(value, _BYTES) else ""
            raise TypeError("Object of type %s is not JSON serializable%s" % (type(value).__name__, advice))
        if not value.is_finite():
            raise ValueError("Out of range Decimal values are not JSON compliant: %s" % value)
        if self._mark is None:
            self._mark = os.urandom(16).hex()
        # A derived class may write its values in another way, for example with a currency.
        return self._mark + module.Decimal.__str__(value)

    def insert(self, text):
        return text if self._mark is None else re.sub('"%s([^"]*)"' % self._mark, r"\1", text)


_BYTES = (bytes, bytearray, memoryview)
