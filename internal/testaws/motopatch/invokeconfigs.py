"""AWS::Lambda::EventInvokeConfig: settings of asynchronous invocations. moto has one per function."""

from moto.awslambda.models import EventInvokeConfig, lambda_backends
from moto.core.common_models import CloudFormationModel

from .functionparts import function_name
from .kept import Kept


class Config(Kept, CloudFormationModel):
    kind, backends = "AWS::Lambda::EventInvokeConfig", lambda_backends

    @property
    def physical_resource_id(self):
        return "{}|{}".format(self.function.function_name, self.qualifier)

    def make(self, name, properties):
        self.function = self.backend.get_function(function_name(properties["FunctionName"]))
        self.qualifier, self.made = properties["Qualifier"], None
        self.configure(properties)

    def configure(self, properties):
        config = {name: value for name, value in properties.items() if name not in ("FunctionName", "Qualifier")}
        for name in ("MaximumEventAgeInSeconds", "MaximumRetryAttempts"):
            if name in config:
                config[name] = int(config[name])
        self.remove()
        self.made = EventInvokeConfig("{}:{}".format(self.function.function_arn, self.qualifier),
                                      self.function.last_modified, config)
        self.function.event_invoke_config.append(self.made)

    def remove(self):
        if self.made in self.function.event_invoke_config:
            self.function.event_invoke_config.remove(self.made)


def install():
    """The class registers itself."""
