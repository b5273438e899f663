"""Versions, aliases, URLs and permissions of functions."""

import json

from moto.awslambda import urls
from moto.awslambda.models import FunctionUrlConfig, LambdaStorage, LambdaVersion, Permission, lambda_backends
from moto.awslambda.policy import Policy
from moto.awslambda.responses import LambdaResponse
from moto.core.common_models import CloudFormationModel

from .kept import Kept, unknown_attribute


class Alias(Kept, CloudFormationModel):
    kind, backends, attributes = "AWS::Lambda::Alias", lambda_backends, {"AliasArn": "arn"}

    @property
    def physical_resource_id(self):
        return self.made.arn

    def make(self, name, properties):
        self.function = function_name(properties["FunctionName"])
        self.made = self.backend.create_alias(properties["Name"], self.function, properties["FunctionVersion"],
                                              properties.get("Description", ""), properties.get("RoutingConfig"))

    def configure(self, properties):
        self.backend.update_alias(properties["Name"], self.function, properties["FunctionVersion"],
                                  properties.get("Description", ""), properties.get("RoutingConfig"))

    def remove(self):
        self.backend.delete_alias(self.made.name, self.function)


class Url(Kept, CloudFormationModel):
    kind, backends, attributes = "AWS::Lambda::Url", lambda_backends, ("FunctionArn", "FunctionUrl")

    @property
    def physical_resource_id(self):
        return self.function.function_arn

    def attribute(self, name):
        return self.made.url + "/" if name == "FunctionUrl" else self.function.function_arn

    def make(self, name, properties):
        # In moto, the URL of an alias belongs to the function.
        self.function = self.backend.get_function(function_name(properties["TargetFunctionArn"]))
        self.made = self.function.create_url_config(dict(properties))

    def configure(self, properties):
        self.made.config = dict(properties)

    def remove(self):
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
