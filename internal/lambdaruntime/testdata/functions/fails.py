"""Handlers that fail in every way a handler can."""

import os
import signal
import sys
import time

from awslambdaric.lambda_runtime_exception import FaultException


def raises(event, context):
    return deeper()


def deeper():
    raise ValueError("bad \u00fc value")


def fault(event, context):
    raise FaultException("main.Error", "out of luck", ['  File "main.go", line 7, in main.main\n'])


def fault_without_frames(event, context):
    raise FaultException("main.Error", "out of luck", None)


def exits(event, context):
    sys.exit(4)


def exits_at_once(event, context):
    print("last words")
    os._exit(event)


def aborts(event, context):
    os.kill(os.getpid(), signal.SIGABRT)
    time.sleep(10)


def sleeps(event, context):
    time.sleep(event)
    return os.getpid()


def signature():
    pass


def answers_then_exits(event, context):
    # From another thread, so that the response is sent before the process ends.
    import threading

    threading.Timer(0.05, os._exit, (3,)).start()
    return os.getpid()


def pid_or_exit(event, context):
    if event == "exit":
        os._exit(9)
    return os.getpid()


def forks(event, context):
    # A child of the same group that outlives its parent and keeps its output open.
    import subprocess

    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    return child.pid


def leaves_a_writer(event, context):
    # A child that has left the group and never stops writing.
    import subprocess

    return subprocess.Popen(["yes"], start_new_session=True).pid


def leaves(event, context):
    # A child of a child that has left the group: sh waits for it.
    import subprocess

    child = subprocess.Popen(
        ["sh", "-c", "sleep 300 & echo $!; wait"], start_new_session=True, stdout=subprocess.PIPE
    )
    return int(child.stdout.readline())


def forks_then_exits(event, context):
    import subprocess
    import threading

    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    threading.Timer(0.05, os._exit, (3,)).start()
    return child.pid
