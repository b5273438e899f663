"""Functions, with all of their properties, and invocations that return the event."""

import base64
import json
import time
import uuid

from moto.awslambda import models
from moto.awslambda.models import LambdaFunction

# moto's attribute for each property, and its value if the template does not set it.
ATTRIBUTES = {
    "Architectures": ("architectures", ["x86_64"]),
    "Description": ("description", ""),
    "Handler": ("handler", None),
    "MemorySize": ("memory_size", 128),
    "PackageType": ("package_type", "Zip"),
    "ReservedConcurrentExecutions": ("reserved_concurrency", None),
    "Role": ("role", None),
    "Runtime": ("run_time", None),
    "Timeout": ("timeout", 3),
    "TracingConfig": ("tracing_config", {"Mode": "PassThrough"}),
    "VpcConfig": ("_vpc_config", None),
}
# Properties that moto has no attribute for. They are shown as in the template.
SHOWN = ("DeadLetterConfig", "FileSystemConfigs", "KmsKeyArn", "LoggingConfig")


def configure(function, properties):
    for name, (attribute, default) in ATTRIBUTES.items():
        setattr(function, attribute, properties.get(name, default))
    function.environment_vars = properties.get("Environment", {}).get("Variables", {})
    function.ephemeral_storage = int(properties.get("EphemeralStorage", {}).get("Size", 512))
    function.layers = [{"Arn": arn, "CodeSize": 1} for arn in properties.get("Layers", [])]
    function.tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    function.snap_start = properties.get("SnapStart", {}).get("ApplyOn", "None")
    function.shown = {name: properties[name] for name in SHOWN if name in properties}
    function.code_or_config_updated = True


def check_code(code, account_id, region):
    """Raises an error if the package does not exist: Lambda reads it when it creates a function."""
    if "S3Bucket" not in code:
        return
    backend = models.s3_backends[account_id][models.get_partition(region)]
    if backend.get_object(code["S3Bucket"], code["S3Key"], code.get("S3ObjectVersion")) is None:
        raise RuntimeError("Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified "
                           "key does not exist.")


def create_function(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    check_code(properties["Code"], account_id, region_name)
    inline_code = properties["Code"].get("ZipFile", "")  # which moto packs in place
    function = original_create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    configure(function, properties)
    function.inline_code = inline_code
    return function


def update_function(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties = cloudformation_json["Properties"]
    check_code(properties["Code"], account_id, region_name)
    code = dict(properties["Code"])
    if "ZipFile" in code:
        packed = cls._create_zipfile_from_plaintext_code(code["ZipFile"])
        code["ZipFile"] = base64.b64encode(packed).decode("ascii")
    original_resource.update_function_code(code)
    configure(original_resource, properties)
    original_resource.inline_code = properties["Code"].get("ZipFile", "")
    return original_resource


def configuration(self, on_create=False):
    found = original_configuration(self, on_create)
    apply_on = getattr(self, "snap_start", "None")
    optimized = apply_on != "None" and str(self.version).isdigit()
    found["SnapStart"] = {"ApplyOn": apply_on, "OptimizationStatus": "On" if optimized else "Off"}
    shown = dict(getattr(self, "shown", {}))
    if "KmsKeyArn" in shown:
        shown["KMSKeyArn"] = shown.pop("KmsKeyArn")
    found.update(shown)
    return found


def invoke(self, event=None):
    """Returns the event, or the error in its "testaws:error", and logs as Lambda does."""
    request = str(uuid.uuid4())
    failure = event.get("testaws:error") if isinstance(event, dict) else None
    answer = json.dumps(failure if failure is not None else event, separators=(",", ":"))
    lines = [
        "START RequestId: {} Version: {}".format(request, self.version),
        "invoked {} with {} bytes".format(self.function_name, len(json.dumps(event))),
        "END RequestId: {}".format(request),
        "REPORT RequestId: {}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: {} MB\tMax Memory Used: 40 MB"
        .format(request, self.memory_size),
    ]
    self.logs_backend.ensure_log_group(self.logs_group_name)
    stream = time.strftime("%Y/%m/%d/[{}]".format(self.version)) + uuid.uuid4().hex
    self.logs_backend.create_log_stream(self.logs_group_name, stream)
    now = int(time.time() * 1000)
    self.logs_backend.put_log_events(
        self.logs_group_name, stream, [{"timestamp": now, "message": line + "\n"} for line in lines])
    return answer, failure is not None, "".join(line + "\n" for line in lines)


def invoke_with_headers(self, body, request_headers, response_headers):
    if request_headers.get("x-amz-invocation-type") == "DryRun":
        return ""
    answer, failed, logs = invoke(self, json.loads(body) if body else {})
    if failed:
        response_headers["x-amz-function-error"] = "Unhandled"
    response_headers["x-amz-executed-version"] = str(self.version)
    if request_headers.get("x-amz-invocation-type", "RequestResponse") != "RequestResponse":
        return ""
    if request_headers.get("x-amz-log-type") == "Tail":
        response_headers["x-amz-log-result"] = base64.b64encode(logs.encode("utf-8")[-4096:]).decode("ascii")
    return answer.encode("utf-8")


original_create = LambdaFunction.create_from_cloudformation_json.__func__
original_configuration = LambdaFunction.get_configuration


def install():
    LambdaFunction.create_from_cloudformation_json = classmethod(create_function)
    LambdaFunction.update_from_cloudformation_json = classmethod(update_function)
    LambdaFunction.get_configuration = configuration
    LambdaFunction.invoke = invoke_with_headers
    LambdaFunction._invoke_lambda = invoke
