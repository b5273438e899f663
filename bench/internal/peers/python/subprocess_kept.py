"""Keeps a program in Go, and passes it each event as a line of its input."""
import json
import os
import subprocess

process = subprocess.Popen([os.environ["PROGRAM"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def handler(event, context):
    process.stdin.write(json.dumps(event).encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())
