"""The part that all custom resources share: CloudFormation receives an answer, whatever happens.

The module before this one defines three functions, each with CloudFormation's request as its argument:

    identify  returns the physical ID that a Create or Update leads to; raises an error if the input is invalid
    apply     creates or updates the resource, and returns its attributes
    remove    deletes what apply has created, if it still exists
"""

import hashlib
import json
import threading
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

MARGIN = 10  # seconds of the function's time that are reserved for the answer
NOTHING = "nothing-was-created"  # the physical ID if identify failed
current = threading.local()


class Late(Exception):
    pass


def client(service):
    """Returns a client that makes no more calls once the function has run out of time."""
    late = current.late

    def stop(**_):
        if late.is_set():
            raise Late()

    settings = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard", "max_attempts": 4})
    made = boto3.client(service, config=settings)
    made.meta.events.register("before-call", stop)
    return made


def code(error):
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else ""


def mark(event):
    """Returns 12 hex digits that identify the resource among those of all stacks."""
    text = event["StackId"] + "/" + event["LogicalResourceId"]
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def stack_name(event):
    return event["StackId"].split("/")[1]


def perform(event):
    """Carries out the request, and returns the physical ID and the attributes."""
    request = event.get("RequestType")
    if request == "Delete":
        if event["PhysicalResourceId"] != NOTHING:
            remove(event)  # noqa: F821
        return event["PhysicalResourceId"], {}
    if request not in ("Create", "Update"):
        raise ValueError("request type {!r} is unknown: expected Create, Update or Delete".format(request))
    identity = identify(event)  # noqa: F821
    return identity, apply(event)  # noqa: F821


def failed_identity(event):
    """Returns the physical ID for the answer after a failure: the ID by which a Create's leftovers are deleted."""
    if event.get("PhysicalResourceId"):
        return event["PhysicalResourceId"]
    try:
        return identify(event)  # noqa: F821
    except Exception:
        return NOTHING


def handler(event, context):
    if not isinstance(event, dict) or not event.get("ResponseURL"):
        raise ValueError("this is not a request from CloudFormation: it has no ResponseURL")
    done, current.late = {}, threading.Event()
    late = current.late

    def work():
        current.late = late
        try:
            done["identity"], done["attributes"] = perform(event)
        except Exception as error:
            done["reason"] = str(error) if isinstance(error, (ValueError, ClientError)) else repr(error)

    worker = threading.Thread(target=work)
    worker.daemon = True
    worker.start()
    worker.join(max(0.0, context.get_remaining_time_in_millis() / 1000.0 - MARGIN))
    if worker.is_alive():
        late.set()
        done = {"reason": "the request was not completed within the function's timeout"}
    answer = {name: event.get(name) for name in ("StackId", "RequestId", "LogicalResourceId")}
    if "reason" in done:
        answer["Status"], answer["PhysicalResourceId"] = "FAILED", failed_identity(event)
        answer["Reason"] = "{} (log group {})".format(done["reason"][:1500], context.log_group_name)
    else:
        answer["Status"], answer["PhysicalResourceId"] = "SUCCESS", done["identity"]
        answer["Data"] = done["attributes"]
    print("{} {}: {}".format(event.get("RequestType"), event.get("LogicalResourceId"), json.dumps(answer)))
    send(event, answer, context)


def send(event, answer, context):
    """Sends the answer. The URL is a secret, so it must not appear in a log or an error."""
    body = json.dumps(answer).encode("utf-8")
    pause = 1
    while True:
        try:
            # CloudFormation's URL is signed for an empty content type.
            request = urllib.request.Request(event["ResponseURL"], body, {"Content-Type": ""}, method="PUT")
            urllib.request.urlopen(request, timeout=5).close()
            return
        except Exception as error:
            problem = type(error).__name__ + " " + str(getattr(error, "code", ""))
        if context.get_remaining_time_in_millis() < (pause + 6) * 1000:
            # Lambda then invokes the function again, which is safe to repeat.
            raise RuntimeError("the answer did not reach CloudFormation: " + problem.strip())
        time.sleep(pause)
        pause = min(2 * pause, 8)
