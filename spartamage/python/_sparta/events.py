"""Encodes events that are not bytes in Python."""
import json


def encode(event):
    """The event's JSON."""
    try:
        # Escapes would make an event in a script other than Latin three times as large.
        return json.dumps(event, allow_nan=False, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # it contains half of a surrogate pair, which only an escape can express
        return json.dumps(event, allow_nan=False).encode("ascii")
    except (TypeError, ValueError) as error:
        raise ValueError("the event has no JSON encoding: %s" % error)
