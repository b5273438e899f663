"""Hooks around a snapshot."""

import os
import sys

import snapshot_restore_py
from awslambdaric.lambda_runtime_exception import FaultException

happened = []


def before(name):
    happened.append("before " + name)
    if os.environ.get("FAIL") == "before":
        raise ValueError("no snapshot")
    if os.environ.get("FAIL") == "before, by a fault":
        raise FaultException("main.Error", "no luck", [])


def after(name):
    happened.append("after " + name)
    if os.environ.get("FAIL") == "after":
        raise ValueError("no restore")
    if os.environ.get("FAIL") == "after, by an exit":
        sys.exit(3)


snapshot_restore_py.register_before_snapshot(before, "1")
snapshot_restore_py.register_before_snapshot(before, name="2")
snapshot_restore_py.register_after_restore(after, "1")
snapshot_restore_py.register_after_restore(after, "2")


def handler(event, context):
    return happened
