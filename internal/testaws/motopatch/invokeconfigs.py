"""AWS::Lambda::EventInvokeConfig: settings of asynchronous invocations. moto has one per function."""

from moto.awslambda.models import EventInvokeConfig, lambda_backends
from moto.core.common_models import CloudFormationModel

from .functionparts import function_name


class Config(CloudFormationModel):
    def __init__(self, function, properties):
        self.function, self.qualifier, self.kept = function, properties["Qualifier"], None
        self.keep(properties)

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Lambda::EventInvokeConfig"

    @property
    def physical_resource_id(self):
        return "{}|{}".format(self.function.function_name, self.qualifier)

    def keep(self, properties):
        config = {name: value for name, value in properties.items() if name not in ("FunctionName", "Qualifier")}
        for name in ("MaximumEventAgeInSeconds", "MaximumRetryAttempts"):
            if name in config:
                config[name] = int(config[name])
        self.remove()
        self.kept = EventInvokeConfig("{}:{}".format(self.function.function_arn, self.qualifier),
                                      self.function.last_modified, config)
        self.function.event_invoke_config.append(self.kept)

    def remove(self):
        if self.kept in self.function.event_invoke_config:
            self.function.event_invoke_config.remove(self.kept)

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        function = lambda_backends[account_id][region_name].get_function(function_name(properties["FunctionName"]))
        return cls(function, properties)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.keep(cloudformation_json["Properties"])
        return original_resource

    def delete(self, account_id, region_name):
        self.remove()


def install():
    """The class registers itself."""
