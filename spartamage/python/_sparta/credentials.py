"""AWS credentials for Go: those of the environment, or of botocore's provider chain."""
import ctypes
import json
import os

_source = None
_handed = b""


def hand_over(length):
    """Writes the length of the credentials' JSON to an address, and returns the JSON's, valid until the next call."""
    global _handed
    try:
        reply = _from_environment() or _from_botocore()
    except Exception as error:
        reply = {"Error": "%s: %s" % (type(error).__name__, error)}
    _handed = json.dumps(reply).encode("ascii")
    ctypes.c_uint64.from_address(length).value = len(_handed)
    return ctypes.cast(_handed, ctypes.c_void_p).value


def _from_environment():
    key, secret = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if not key or not secret:
        return None
    return {
        "AccessKeyID": key,
        "SecretAccessKey": secret,
        "SessionToken": os.environ.get("AWS_SESSION_TOKEN") or "",
    }


def _from_botocore():
    global _source
    if _source is None:
        try:
            from botocore.credentials import get_credentials
            from botocore.session import get_session
        except ImportError:
            return {
                "Error": "the environment has none (AWS_ACCESS_KEY_ID), "
                "and botocore, which knows other sources, is not installed"
            }
        # Where credentials expire, this object refreshes them.
        _source = get_credentials(get_session())
    if _source is None:
        return {"Error": "neither the environment nor botocore's provider chain has any"}
    frozen = _source.get_frozen_credentials()
    expires = getattr(_source, "_expiry_time", None)
    return {
        "AccessKeyID": frozen.access_key,
        "SecretAccessKey": frozen.secret_key,
        "SessionToken": frozen.token or "",
        "Expires": int(expires.timestamp()) if expires is not None else 0,
    }
