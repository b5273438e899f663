"""Lambda: every property of a function kept, versions, aliases, URLs and permissions, and invocations that echo."""

import base64
import json
import time
import uuid

from moto.awslambda import models
from moto.awslambda.models import FunctionUrlConfig, LambdaFunction, LambdaVersion, Permission, lambda_backends
from moto.core.common_models import CloudFormationModel

# What a function has that its template says nothing of, by property: moto's attribute and the default.
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
# What moto has no attribute for; shown as given.
SHOWN = ("DeadLetterConfig", "FileSystemConfigs", "KmsKeyArn", "LoggingConfig")


def unknown_attribute():
    from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
    return UnformattedGetAttTemplateException()


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
    """Lambda reads the package when a function is made, so it must be there."""
    if "S3Bucket" not in code:
        return
    backend = models.s3_backends[account_id][models.get_partition(region)]
    if backend.get_object(code["S3Bucket"], code["S3Key"], code.get("S3ObjectVersion")) is None:
        raise RuntimeError("Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified "
                           "key does not exist.")


def create_function(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    check_code(properties["Code"], account_id, region_name)
    function = original_create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    configure(function, properties)
    return function


def update_function(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties = cloudformation_json["Properties"]
    check_code(properties["Code"], account_id, region_name)
    original_resource.update_function_code(dict(properties["Code"]))
    configure(original_resource, properties)
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
    """Answers with the event, or with the error that it asks for in "testaws:error"; logs as Lambda does."""
    request = str(uuid.uuid4())
    failure = event.get("testaws:error") if isinstance(event, dict) else None
    answer = json.dumps(failure if failure is not None else event, separators=(",", ":"))
    lines = [
        "START RequestId: {} Version: {}".format(request, self.version),
        "invoked {} with {} bytes".format(self.function_name, len(json.dumps(event))),
        "END RequestId: {}".format(request),
        "REPORT RequestId: {}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: {} MB\tMax Memory Used: 40 MB".format(
            request, self.memory_size),
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


class Alias(CloudFormationModel):
    def __init__(self, backend, function, alias):
        self.backend, self.function, self.alias = backend, function, alias

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Alias"

    @property
    def physical_resource_id(self):
        return self.alias.arn

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "AliasArn"

    def get_cfn_attribute(self, attribute_name):
        if attribute_name == "AliasArn":
            return self.alias.arn
        raise unknown_attribute()

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties, backend = cloudformation_json["Properties"], lambda_backends[account_id][region_name]
        function = function_name(properties["FunctionName"])
        alias = backend.create_alias(properties["Name"], function, properties["FunctionVersion"],
                                     properties.get("Description", ""), properties.get("RoutingConfig"))
        return cls(backend, function, alias)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        properties = cloudformation_json["Properties"]
        original_resource.backend.update_alias(
            properties["Name"], original_resource.function, properties["FunctionVersion"],
            properties.get("Description", ""), properties.get("RoutingConfig"))
        return original_resource

    def delete(self, account_id, region_name):
        self.backend.delete_alias(self.alias.name, self.function)


class Url(CloudFormationModel):
    def __init__(self, function, config):
        self.function, self.config = function, config

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::Url"

    @property
    def physical_resource_id(self):
        return self.function.function_arn

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ("FunctionArn", "FunctionUrl")

    def get_cfn_attribute(self, attribute_name):
        if attribute_name == "FunctionUrl":
            return self.config.url + "/"
        if attribute_name == "FunctionArn":
            return self.function.function_arn
        raise unknown_attribute()

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties, backend = cloudformation_json["Properties"], lambda_backends[account_id][region_name]
        # A URL of an alias belongs, in moto, to the function.
        function = backend.get_function(function_name(properties["TargetFunctionArn"]))
        return cls(function, function.create_url_config(dict(properties)))

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.config.config = dict(cloudformation_json["Properties"])
        return original_resource

    def delete(self, account_id, region_name):
        self.function.delete_url_config()


def function_name(name_or_arn):
    return name_or_arn.split(":function:")[-1].split(":")[0]


def create_version(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties, backend = cloudformation_json["Properties"], lambda_backends[account_id][region_name]
    name = function_name(properties["FunctionName"])
    existing = [f.version for f in backend.list_versions_by_function(name)]
    published = backend.publish_version(name, properties.get("Description", ""))
    if published.version in existing:
        raise RuntimeError("A version for this Lambda function exists ( {} ). Modify the function to create a new "
                           "version.".format(published.version))
    version = LambdaVersion({"Version": published.version})
    version.backend, version.name, version.arn = backend, name, published.function_arn
    return version


def version_attribute(self, attribute_name):
    if attribute_name == "Version":
        return str(self.version)
    if attribute_name == "FunctionArn":
        return self.arn
    raise unknown_attribute()


def delete_version(self, account_id, region_name):
    if self.arn in [f.function_arn for f in self.backend.list_versions_by_function(self.name)]:
        self.backend._lambdas.del_function(self.name, str(self.version))


def create_permission(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = dict(cloudformation_json["Properties"])
    function = lambda_backends[account_id][region_name].get_function(properties["FunctionName"])
    properties.setdefault("StatementId", resource_name)
    function.policy.add_statement(raw=json.dumps(properties))
    permission = Permission(region=region_name)
    permission.function, permission.statement = function, function.policy.statements[-1]
    permission.physical_resource_id = properties["StatementId"]
    return permission


def delete_permission(self, account_id, region_name):
    if self.statement in self.function.policy.statements:
        self.function.policy.statements.remove(self.statement)


original_create = LambdaFunction.create_from_cloudformation_json.__func__
original_configuration = LambdaFunction.get_configuration


def install():
    LambdaFunction.create_from_cloudformation_json = classmethod(create_function)
    LambdaFunction.update_from_cloudformation_json = classmethod(update_function)
    LambdaFunction.get_configuration = configuration
    LambdaFunction.invoke = invoke_with_headers
    LambdaFunction._invoke_lambda = invoke
    LambdaVersion.create_from_cloudformation_json = classmethod(create_version)
    LambdaVersion.physical_resource_id = property(lambda self: self.arn)
    LambdaVersion.has_cfn_attr = classmethod(lambda cls, attr: attr in ("Version", "FunctionArn"))
    LambdaVersion.get_cfn_attribute, LambdaVersion.delete = version_attribute, delete_version
    Permission.create_from_cloudformation_json = classmethod(create_permission)
    Permission.delete = delete_permission
    # In AWS a function URL ends with a slash.
    FunctionUrlConfig.to_dict = url_to_dict


original_url_to_dict = FunctionUrlConfig.to_dict


def url_to_dict(self):
    found = original_url_to_dict(self)
    found["FunctionUrl"] += "/"
    return found
