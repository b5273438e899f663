"""Does what bench/apps/snapstart does."""
import os
import sys

import snapshot_restore_py

seed = None


def before():
    print("before the snapshot", file=sys.stderr, flush=True)


def after():
    global seed
    seed = os.urandom(16)


snapshot_restore_py.register_before_snapshot(before)
snapshot_restore_py.register_after_restore(after)


def handler(event, context):
    return seed is not None
