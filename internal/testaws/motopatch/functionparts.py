"""Versions, aliases, URLs and permissions of functions."""

import json

from moto.awslambda import urls
from moto.awslambda.models import FunctionUrlConfig, LambdaStorage, LambdaVersion, Permission, lambda_backends
from moto.awslambda.policy import Policy
from moto.awslambda.responses import LambdaResponse
from moto.core.common_models import CloudFormationModel


def unknown_attribute():
    from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
    return UnformattedGetAttTemplateException()


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
        # In moto, the URL of an alias belongs to the function.
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


# What a version does not keep, or what differs although nothing has changed.
UNVERSIONED = {"FunctionArn", "LastModified", "RevisionId", "State", "StateReason", "StateReasonCode", "Version",
               "LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "SnapStart", "MasterArn"}


def versioned(function):
    """The code and the configuration that Lambda compares before it publishes a version."""
    configuration = {key: value for key, value in function.get_configuration().items() if key not in UNVERSIONED}
    configuration["LoggingConfig"] = dict({"LogFormat": "Text", "LogGroup": "/aws/lambda/" + function.function_name},
                                          **configuration.get("LoggingConfig", {}))
    return function.code_sha_256, getattr(function, "snap_start", "None"), json.dumps(
        configuration, sort_keys=True, default=str)


def publish_version(self, name_or_arn, description=""):
    """Publishes a version if code or configuration differ from the last one's, else returns that one."""
    latest = self.get_function_by_name_or_arn_forbid_qualifier(name_or_arn)
    published = self._functions[latest.function_name]["versions"]
    what = versioned(latest)
    if published and published[-1].published_as == what:
        return published[-1]
    latest.code_or_config_updated = True
    version = original_publish_version(self, name_or_arn, description)
    version.published_as, version.policy = what, Policy(version)
    # The number of a version that was deleted is not used again.
    latest.newest = getattr(latest, "newest", 0) + 1
    del self._arns[version.function_arn]
    version.set_version(latest.newest)
    self._arns[version.function_arn] = version
    return version


original_publish_version = LambdaStorage.publish_version


class ProvisionedConcurrency(LambdaResponse):
    """The provisioned concurrency of versions and aliases."""

    def call_action(self):
        name, qualifier = function_name(self.path.split("/")[-2]), self._get_param("Qualifier")
        latest = self.backend.get_function(name)
        provisioned = latest.__dict__.setdefault("provisioned", {})
        if self.method == "PUT":
            arn = "{}:{}".format(latest.function_arn, qualifier)
            wanted = json.loads(self.body)["ProvisionedConcurrentExecutions"]
            provisioned[qualifier] = {"FunctionArn": arn, "RequestedProvisionedConcurrentExecutions": wanted,
                                      "Status": "READY"}
            return 202, {}, json.dumps(provisioned[qualifier])
        return 200, {}, json.dumps({"ProvisionedConcurrencyConfigs": list(provisioned.values())})


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


def url_to_dict(self):
    found = original_url_to_dict(self)
    found["FunctionUrl"] += "/"  # as in AWS
    return found


original_url_to_dict = FunctionUrlConfig.to_dict


def install():
    LambdaVersion.create_from_cloudformation_json = classmethod(create_version)
    LambdaVersion.physical_resource_id = property(lambda self: self.arn)
    LambdaVersion.has_cfn_attr = classmethod(lambda cls, attr: attr in ("Version", "FunctionArn"))
    LambdaVersion.get_cfn_attribute, LambdaVersion.delete = version_attribute, delete_version
    Permission.create_from_cloudformation_json = classmethod(create_permission)
    Permission.delete = delete_permission
    FunctionUrlConfig.to_dict = url_to_dict
    LambdaStorage.publish_version = publish_version
    urls.url_paths[r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/provisioned-concurrency$"] = (
        ProvisionedConcurrency.dispatch)
