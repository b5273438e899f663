"""AWS::Kinesis::StreamConsumer."""

from moto.core.common_models import CloudFormationModel
from moto.kinesis.models import kinesis_backends

from .functionparts import unknown_attribute


class StreamConsumer(CloudFormationModel):
    def __init__(self, consumer):
        self.consumer = consumer

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::Kinesis::StreamConsumer"

    @property
    def physical_resource_id(self):
        return self.consumer.consumer_arn

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ("ConsumerARN", "ConsumerName", "ConsumerStatus", "StreamARN")

    def get_cfn_attribute(self, attribute_name):
        found = self.consumer.to_json(include_stream_arn=True)
        if attribute_name in found:
            return found[attribute_name]
        raise unknown_attribute()

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties, backend = cloudformation_json["Properties"], kinesis_backends[account_id][region_name]
        return cls(backend.register_stream_consumer(properties["StreamARN"], properties["ConsumerName"]))

    def delete(self, account_id, region_name):
        kinesis_backends[account_id][region_name].deregister_stream_consumer(None, None, self.consumer.consumer_arn)


def install():
    """The class registers itself."""
