"""Runs the hooks that a function registered for its snapshot."""

from snapshot_restore_py import get_after_restore, get_before_snapshot


def run_before_snapshot():
    for func, args, kwargs in reversed(list(get_before_snapshot())):
        func(*args, **kwargs)


def run_after_restore():
    for func, args, kwargs in list(get_after_restore()):
        func(*args, **kwargs)
