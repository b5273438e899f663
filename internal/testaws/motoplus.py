"""A stand-in for AWS's endpoints: moto's server, with patches for what it does not have.

It listens on an ephemeral port of the loopback, writes its URL as the first
line of stdout, and ends when its stdin does, so that it cannot outlive the
test that started it.
"""

import os
import re
import sys
import threading

# moto reads these when it is imported.
os.environ["MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS"] = "false"
os.environ.setdefault("AWS_ACCESS_KEY_ID", "AKIA123456789012TEST")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "none")

from moto import backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

from motopatch import (  # noqa: E402
    apigateway, apigatewayparts, buckets, changesets, cloudfront, customresources, execution, functionparts, functions,
    httpapis, invokeconfigs, layers, mappings, receiptrules, resources, rules, s3, stacks, streamconsumers, topics)

# An access key names its account: AKIA, twelve digits, anything.
ACCESS_KEY = re.compile(r"(?:Credential=|X-Amz-Credential=)AKIA([0-9]{12})")


class Accounts(object):
    """Sets each request's account to the one that its access key names."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        signed = environ.get("HTTP_AUTHORIZATION") or environ.get("QUERY_STRING") or ""
        match = ACCESS_KEY.search(signed)
        if match:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = match.group(1)
        return self.app(environ, start_response)


class Quiet(WSGIRequestHandler):
    # With HTTP/1.1 the client need not open a connection for each call.
    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        pass


def main():
    for patch in (apigateway, apigatewayparts, buckets, changesets, cloudfront, customresources, execution,
                  functionparts, functions, httpapis, invokeconfigs, layers, mappings, receiptrules, resources, rules,
                  s3, stacks, streamconsumers, topics):
        patch.install()
    services = set(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: services  # each request calls it, and the folder does not change
    app = DomainDispatcherApplication(create_backend_app)
    app = customresources.Answers(Accounts(s3.ExpectedOwner(app)))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["MOTO_PORT"] = str(server.server_port)
    sys.stdout.write("http://127.0.0.1:{}\n".format(server.server_port))
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
