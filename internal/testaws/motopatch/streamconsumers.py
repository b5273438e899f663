"""AWS::Kinesis::StreamConsumer."""

from moto.core.common_models import CloudFormationModel
from moto.kinesis.models import kinesis_backends

from .kept import Kept


class StreamConsumer(Kept, CloudFormationModel):
    kind, backends = "AWS::Kinesis::StreamConsumer", kinesis_backends
    attributes = ("ConsumerARN", "ConsumerName", "ConsumerStatus", "StreamARN")

    @property
    def physical_resource_id(self):
        return self.made.consumer_arn

    def attribute(self, name):
        return self.made.to_json(include_stream_arn=True)[name]

    def make(self, name, properties):
        self.made = self.backend.register_stream_consumer(properties["StreamARN"], properties["ConsumerName"])

    def remove(self):
        self.backend.deregister_stream_consumer(None, None, self.made.consumer_arn)


def install():
    """The class registers itself."""
