"""Runs a module as Lambda does, with a server that takes its answers."""
import contextlib
import http.server
import io
import json
import os
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STACK = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/6d5b1f70-aaaa-bbbb-cccc-1234567890ab"
SECRET = "X-Amz-Signature=canary"


def load(name):
    """Returns the names of a module that answer.py follows, as in a template."""
    names = {"__name__": "index"}
    for part in (name, "answer"):
        with open(os.path.join(os.path.dirname(HERE), part + ".py")) as source:
            exec(compile(source.read(), part + ".py", "exec"), names)
    return names


class Context(object):
    """What Lambda passes to the handler."""
    log_group_name = "/aws/lambda/shop-SpartaTested"

    def __init__(self, seconds=60):
        self.end = time.time() + seconds

    def get_remaining_time_in_millis(self):
        return int((self.end - time.time()) * 1000)


class Answers(object):
    """A server for the presigned URL. The first requests may be refused."""

    def __init__(self, refusals=0):
        self.received, self.types, self.refusals = [], [], refusals
        answers = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if answers.refusals > 0:
                    answers.refusals -= 1
                    self.send_error(503)
                    return
                answers.types.append(self.headers["Content-Type"])
                answers.received.append(json.loads(body.decode("utf-8")))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = "http://127.0.0.1:%d/answer?%s" % (self.server.server_port, SECRET)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def ask(module, kind, properties, physical=None, logical="Thing", refusals=0, context=None, **more):
    """Sends a request, and returns the answer and what was logged."""
    answers = Answers(refusals)
    try:
        event = dict({
            "RequestType": kind, "ResponseURL": answers.url, "StackId": STACK, "RequestId": "request",
            "LogicalResourceId": logical, "ResourceType": "AWS::CloudFormation::CustomResource",
            "ResourceProperties": properties,
        }, **more)
        if physical is not None:
            event["PhysicalResourceId"] = physical
        log = io.StringIO()
        with contextlib.redirect_stdout(log):
            module["handler"](event, context or Context())
        if len(answers.received) != 1:
            raise AssertionError("%d answers, want one" % len(answers.received))
        if answers.types != [""]:
            raise AssertionError("content type is %r, want the empty one that the URL is signed for" % answers.types)
        if "canary" in log.getvalue() or "canary" in json.dumps(answers.received):
            raise AssertionError("the URL of the answer is shown: " + log.getvalue())
        answer = answers.received[0]
        for name in ("StackId", "RequestId", "LogicalResourceId"):
            if answer[name] != event[name]:
                raise AssertionError("%s is %r" % (name, answer[name]))
        return answer
    finally:
        answers.close()
