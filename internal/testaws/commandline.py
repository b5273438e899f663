"""Runs commands of the AWS command line, which takes half a second to start: each command is a fork.

A command is a line of JSON on standard input: its arguments, folder and environment. The answer is a line of JSON on
standard output: its exit status and what it wrote. The program ends with its standard input.
"""
import json
import os
import sys
import tempfile
import traceback

import awscli.clidriver


def run(driver, command, stdout, stderr):
    """Runs the command in a child process, and returns its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 255
    try:
        os.dup2(stdout.fileno(), 1)
        os.dup2(stderr.fileno(), 2)
        data = os.environ["AWS_DATA_PATH"]  # the import has set it
        os.environ.clear()
        os.environ.update(command["env"], AWS_DATA_PATH=data)
        os.chdir(command["dir"])
        status = driver.main(command["args"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def text(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def main():
    driver = awscli.clidriver.create_clidriver()
    print("ready", flush=True)
    for line in sys.stdin:
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            status = run(driver, json.loads(line), stdout, stderr)
            print(json.dumps({"status": status, "stdout": text(stdout), "stderr": text(stderr)}), flush=True)


if __name__ == "__main__":
    main()
