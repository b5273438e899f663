"""Hooks around a snapshot."""

import os

import snapshot_restore_py

happened = []


def before(name):
    happened.append("before " + name)
    if os.environ.get("FAIL") == "before":
        raise ValueError("no snapshot")


def after(name):
    happened.append("after " + name)
    if os.environ.get("FAIL") == "after":
        raise ValueError("no restore")


snapshot_restore_py.register_before_snapshot(before, "1")
snapshot_restore_py.register_before_snapshot(before, name="2")
snapshot_restore_py.register_after_restore(after, "1")
snapshot_restore_py.register_after_restore(after, "2")


def handler(event, context):
    return happened
