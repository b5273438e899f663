"""Starts a runtime client, and writes when the parts of a function's start began and ended: nanoseconds of the clock.

It is run as python probe.py CLIENT ARGUMENTS. It writes to stderr: the times of the parts on one line, after the word
"parts", and that of each hook around a snapshot on a line of its own, after the word "hook". It imports little, because
what it has imported costs the client nothing; of the library's imports, it has _ctypes.
"""
import time

began = time.perf_counter_ns()

import importlib.machinery  # noqa: E402
import sys  # noqa: E402

import _ctypes  # noqa: E402

marks = {"python": [began, time.perf_counter_ns()]}
opening = _ctypes.dlopen


def dlopen(path, *flags):
    start = time.perf_counter_ns()
    handle = opening(path, *flags)
    if path:
        marks["dlopen"] = [start, time.perf_counter_ns()]
    return handle


def timed(register):
    """Returns a function that registers hooks as the given one does, and makes each of them write how long it took."""

    def register_timed(hook, *args, **kwargs):
        def call(*args, **kwargs):
            start = time.perf_counter_ns()
            hook(*args, **kwargs)
            took = time.perf_counter_ns() - start
            sys.stderr.write("hook %s %d\n" % (register.__name__, took))
            sys.stderr.flush()

        return register(call, *args, **kwargs)

    return register_timed


class Finder:
    """Times the modules of the package as they run, and the hooks that they register."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in ("index", "_sparta", "_sparta.bootstrap", "snapshot_restore_py"):
            return None
        found = time.perf_counter_ns()
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None:
            return None
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            if name == "snapshot_restore_py":
                for kind in ("register_before_snapshot", "register_after_restore"):
                    setattr(module, kind, timed(getattr(module, kind)))
                return
            marks[name] = [found, time.perf_counter_ns()]
            if name == "index":
                sys.stderr.write("parts " + repr(marks).replace("'", '"') + "\n")
                sys.stderr.flush()

        spec.loader.exec_module = exec_module
        return spec


_ctypes.dlopen = dlopen
sys.meta_path.insert(0, Finder)
sys.argv = sys.argv[1:]
sys.path[0] = sys.argv[0].rpartition("/")[0]
__file__ = sys.argv[0]
with open(__file__, "rb") as file:
    exec(compile(file.read(), __file__, "exec"))
