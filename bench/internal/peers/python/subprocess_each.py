"""Runs a program in Go for each event."""
import json
import os
import subprocess

PROGRAM = os.environ["PROGRAM"]


def handler(event, context):
    done = subprocess.run([PROGRAM], input=json.dumps(event).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)
