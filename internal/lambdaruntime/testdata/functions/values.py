"""Handlers whose responses show how events and results are converted."""

import collections
import decimal
import os
import sys


def echo(event, context):
    return event


def kind(event, context):
    return type(event).__name__


def size(event, context):
    return len(event)


def text(event, context):
    return "x" * event


def raw(event, context):
    return b"\x00\xff raw"


def nothing(event, context):
    return None


def pid(event, context):
    return os.getpid()


def decimals(event, context):
    return {"price": decimal.Decimal("1.10"), "list": [decimal.Decimal(7)], "quoted": "1.10"}


def ready(event, context):
    json = sys.modules["awslambdaric.lambda_runtime_marshaller"].json
    return json.raw_json.RawJSON('{"ready" : true, "text":"\u00fc"}\n')


def ready_inside(event, context):
    json = sys.modules["awslambdaric.lambda_runtime_marshaller"].json
    return {"a": [json.raw_json.RawJSON("1.50"), "s"], "b": json.raw_json.RawJSON('{"c":"d"}')}


def unicode(event, context):
    return "\u00fc\u4e16"


def unmarshalable(event, context):
    return {"a": set()}


def surrogate(event, context):
    return "\ud800"


def infinite(event, context):
    return float("nan")
