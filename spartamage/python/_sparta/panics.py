"""Ends the process after a panic of Go, as aws-lambda-go does: what the panic left behind, such as a locked mutex,
must not meet the next event.

The process ends once the runtime client has posted the panic as the invocation's failure. If Python code has caught
the exception, the process continues. Outside of a runtime client, nothing is posted, and a process never ends.
"""
import json
import os
import sys
import time

_panics = []  # type and message of the panics in this invocation
_watched = False
_warned = False


def note(error):
    """Notes that a call of Go has panicked. The error is the exception for it."""
    global _watched
    _panics.append((type(error).__name__, str(error)))
    if not _watched:
        _watched = True
        client = sys.modules.get("awslambdaric.lambda_runtime_client")
        for name in ("BaseLambdaRuntimeClient", "LambdaRuntimeClient"):
            _watch(getattr(client, name, None))


def _watch(client):
    """Has the methods with which a runtime client posts a result call this module."""
    for name, posted in (("post_invocation_error", _failed), ("post_invocation_result", _answered)):
        method = vars(client).get(name) if client is not None else None
        if method is not None:
            setattr(client, name, _followed(method, posted))


def _followed(method, posted):
    def post(self, invoke_id, document, *more, **named):
        result = method(self, invoke_id, document, *more, **named)
        if _panics:
            posted(document)
        return result

    return post


def _failed(document):
    try:
        failure = json.loads(document)
    except ValueError:
        failure = {}
    if (failure.get("errorType"), failure.get("errorMessage")) not in _panics:
        _answered(document)
        return
    # aws-lambda-go's own words, and its exit code.
    _say("calling the handler function resulted in a panic, the process should exit")
    os._exit(1)


def _answered(_document):
    global _warned
    kind, message = _panics[-1]
    del _panics[:]
    if not _warned:
        _warned = True
        _say(
            "a Go function panicked (%s: %s), and Python code caught the exception: the process continues, although "
            "the panic may have left locks or data behind" % (kind, message)
        )


def _say(text):
    sys.stdout.flush()
    sys.stderr.write("%s %s\n" % (time.strftime("%Y/%m/%d %H:%M:%S"), text))
    sys.stderr.flush()
