"""Subscriptions of topics, and policies of queues."""

import json

from moto.core.common_models import CloudFormationModel
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from .functionparts import unknown_attribute

ATTRIBUTES = ("FilterPolicyScope", "FilterPolicy", "RedrivePolicy")  # in the order in which moto needs them
QUEUES_ONLY = ("RawMessageDelivery", "DeliveryPolicy")


class Subscription(CloudFormationModel):
    def __init__(self, backend, subscription):
        self.backend, self.subscription = backend, subscription

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::SNS::Subscription"

    @property
    def physical_resource_id(self):
        return self.subscription.arn

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name):
        if attribute_name == "Arn":
            return self.subscription.arn
        raise unknown_attribute()

    def configure(self, properties):
        for name in QUEUES_ONLY:
            if properties["Protocol"] == "lambda" and properties.get(name):
                raise RuntimeError("Invalid parameter: Attributes Reason: Delivery protocol [lambda] does not support "
                                   "{}".format(name))
        for name in reversed(ATTRIBUTES):
            if name in self.subscription.attributes and name not in properties:
                self.backend.set_subscription_attributes(self.subscription.arn, name, "")
                del self.subscription.attributes[name]
        for name in ATTRIBUTES:
            if name in properties:
                value = properties[name]
                text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
                self.backend.set_subscription_attributes(self.subscription.arn, name, text)

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        backend = sns_backends[account_id][properties.get("Region") or region_name]
        subscription = cls(backend, backend.subscribe(
            properties["TopicArn"], properties["Endpoint"], properties["Protocol"]))
        subscription.subscription.confirmed = True
        subscription.configure(properties)
        return subscription

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.configure(cloudformation_json["Properties"])
        return original_resource

    def delete(self, account_id, region_name):
        self.backend.unsubscribe(self.subscription.arn)


class QueuePolicy(CloudFormationModel):
    def __init__(self, name, queues):
        self.physical_resource_id, self.queues = name, queues

    @staticmethod
    def cloudformation_name_type():
        return "Id"

    @staticmethod
    def cloudformation_type():
        return "AWS::SQS::QueuePolicy"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    def configure(self, properties, account_id, region_name):
        backend = sqs_backends[account_id][region_name]
        queues = [backend.get_queue(url.split("/")[-1]) for url in properties["Queues"]]
        for queue in queues:
            queue.policy = json.dumps(properties["PolicyDocument"])
        for queue in self.queues:
            if queue not in queues:
                queue.policy = None
        self.queues = queues

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        policy = cls(resource_name, [])
        policy.configure(cloudformation_json["Properties"], account_id, region_name)
        return policy

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.configure(cloudformation_json["Properties"], account_id, region_name)
        return original_resource

    def delete(self, account_id, region_name):
        for queue in self.queues:
            queue.policy = None


def install():
    """Nothing else to do: moto finds every subclass of CloudFormationModel."""
