"""Custom resources: the stand-in runs their functions for real, with boto3, and waits for the answer."""

import io
import json
import os
import subprocess
import sys
import tempfile
import uuid
import zipfile

from moto.awslambda.models import lambda_backends
from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

from . import archives
from .kept import unknown_attribute

PATH = "/testaws-custom-resource/"
LIMIT = 60  # seconds

# Runs a module's handler with the request on stdin, as Lambda would.
RUN = """
import importlib, json, sys, time
request = json.load(sys.stdin)
class Context(object):
    def __init__(self):
        vars(self).update(request["context"], client_context=None, identity=None)
        self.end = time.time() + request["timeout"]
    def get_remaining_time_in_millis(self):
        return int((self.end - time.time()) * 1000)
sys.path.insert(0, request["folder"])
module, _, name = request["handler"].rpartition(".")
getattr(importlib.import_module(module), name)(request["event"], Context())
"""


class Answers(object):
    """Receives the answers, as S3 does behind the presigned URLs."""

    received = {}

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PATH):
            return self.app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        accepted = environ["REQUEST_METHOD"] == "PUT" and not environ.get("CONTENT_TYPE") and len(body) <= 4096
        if accepted:
            self.received[path[len(PATH):]] = json.loads(body.decode("utf-8"))
        start_response("200 OK" if accepted else "403 Forbidden", [("Content-Length", "0")])
        return [b""]


class CustomResource(CloudFormationModel):
    """A resource that a function makes."""

    def __init__(self, account_id, region_name, request):
        self.account_id, self.region_name = account_id, region_name
        self.request = request  # the fields that all its requests share
        self.physical_resource_id, self.attributes = "", {}

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::CloudFormation::CustomResource"

    @classmethod
    def has_cfn_attr(cls, attr):
        return True

    def get_cfn_attribute(self, attribute_name):
        if attribute_name not in self.attributes:
            raise unknown_attribute()
        return self.attributes[attribute_name]

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        made = cls(account_id, region_name, {
            "StackId": kwargs["StackId"], "LogicalResourceId": kwargs["LogicalId"],
            "ResourceType": kwargs["ResourceType"],
        })
        made.ask("Create", cloudformation_json["Properties"])
        return made

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        old = original_resource
        made = cls(account_id, region_name, old.request)
        made.physical_resource_id = old.physical_resource_id
        made.ask("Update", cloudformation_json["Properties"], OldResourceProperties=old.properties)
        if made.physical_resource_id != old.physical_resource_id:
            try:
                old.ask("Delete", old.properties)  # CloudFormation does so once the rest has succeeded
            except RuntimeError:
                pass
        return made

    def delete(self, account_id, region_name):
        try:
            self.ask("Delete", self.properties)
        except (TypeError, AttributeError) as error:  # moto would take these for a missing method
            raise RuntimeError(repr(error))

    def ask(self, kind, properties, **more):
        """Sends a request to the function, and stores its answer."""
        self.properties = json.loads(json.dumps(properties), parse_int=str, parse_float=str)
        self.properties = texts(self.properties)
        function = lambda_backends[self.account_id][self.region_name].get_function(properties["ServiceToken"])
        token = uuid.uuid4().hex
        event = dict(
            self.request, RequestType=kind, RequestId=str(uuid.uuid4()), ResourceProperties=self.properties,
            ServiceToken=properties["ServiceToken"],
            ResponseURL="http://127.0.0.1:{}{}{}".format(os.environ["MOTO_PORT"], PATH, token), **more)
        if kind != "Create":
            event["PhysicalResourceId"] = self.physical_resource_id
        output = run(function, event, self.account_id, self.region_name)
        answer = Answers.received.pop(token, None)
        if token in output:
            raise RuntimeError("the function has logged the URL of the answer")
        if answer is None:
            raise RuntimeError("CloudFormation did not receive a response from your Custom Resource: " + output[-500:])
        for name in ("StackId", "RequestId", "LogicalResourceId"):
            if answer.get(name) != event[name]:
                raise RuntimeError("Invalid response: {} is {!r}".format(name, answer.get(name)))
        if not answer.get("PhysicalResourceId"):
            raise RuntimeError("Invalid PhysicalResourceId")
        if answer.get("Status") != "SUCCESS":
            if kind == "Create":
                # As CloudFormation does in its rollback; the answer names what has to be deleted.
                self.physical_resource_id = answer["PhysicalResourceId"]
                self.ask("Delete", properties)
            raise RuntimeError("Received response status [FAILED] from custom resource. Message returned: {}".format(
                answer.get("Reason")))
        self.physical_resource_id = answer["PhysicalResourceId"]
        self.attributes = answer.get("Data") or {}


def texts(value):
    """CloudFormation passes every scalar as text."""
    if isinstance(value, dict):
        return {name: texts(item) for name, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


def run(function, event, account_id, region_name):
    """Runs the function, and returns its output."""
    if archives.is_archive(function):
        token = event["ResponseURL"].rpartition("/")[2]
        Answers.received[token] = archives.publish(event, account_id)
        return ""
    key = "AKIA{}TEST".format(account_id)
    environment = dict(
        os.environ, AWS_ENDPOINT_URL="http://127.0.0.1:" + os.environ["MOTO_PORT"], AWS_ACCESS_KEY_ID=key,
        AWS_SECRET_ACCESS_KEY="testaws", AWS_REGION=region_name, AWS_DEFAULT_REGION=region_name,
        AWS_EC2_METADATA_DISABLED="true", **function.environment_vars)
    with tempfile.TemporaryDirectory() as folder:
        if function.inline_code:
            with open(os.path.join(folder, "index.py"), "w") as module:
                module.write(function.inline_code)
        else:
            with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as package:
                package.extractall(folder)
        environment["LAMBDA_TASK_ROOT"] = folder
        request = {
            "folder": folder, "handler": function.handler, "event": event, "timeout": int(function.timeout),
            "context": {
                "aws_request_id": str(uuid.uuid4()), "function_name": function.function_name, "function_version": "1",
                "invoked_function_arn": function.function_arn, "log_stream_name": "stream",
                "log_group_name": "/aws/lambda/" + function.function_name,
                "memory_limit_in_mb": str(function.memory_size),
            },
        }
        process = subprocess.Popen([sys.executable, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, env=environment, cwd=folder)
        try:
            output, _ = process.communicate(json.dumps(request).encode("utf-8"), LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    return output.decode("utf-8", "replace")


def resource_class(kind):
    if kind == CustomResource.cloudformation_type() or kind.startswith("Custom::"):
        return CustomResource
    return original_resource_class(kind)


original_resource_class = parsing.resource_class_from_type


def install():
    parsing.resource_class_from_type = resource_class
