"""Subscriptions of topics, and policies of queues."""

import json

from moto.core.common_models import CloudFormationModel
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from .kept import Kept

ATTRIBUTES = ("FilterPolicyScope", "FilterPolicy", "RedrivePolicy")  # in the order in which moto needs them
QUEUES_ONLY = ("RawMessageDelivery", "DeliveryPolicy")


class Subscription(Kept, CloudFormationModel):
    kind, attributes = "AWS::SNS::Subscription", {"Arn": "arn"}

    @property
    def physical_resource_id(self):
        return self.made.arn

    def make(self, name, properties):
        self.backend = sns_backends[self.account_id][properties.get("Region") or self.region_name]
        self.made = self.backend.subscribe(properties["TopicArn"], properties["Endpoint"], properties["Protocol"])
        self.made.confirmed = True
        self.configure(properties)

    def configure(self, properties):
        for name in QUEUES_ONLY:
            if properties["Protocol"] == "lambda" and properties.get(name):
                raise RuntimeError("Invalid parameter: Attributes Reason: Delivery protocol [lambda] does not support "
                                   "{}".format(name))
        for name in reversed(ATTRIBUTES):
            if name in self.made.attributes and name not in properties:
                self.backend.set_subscription_attributes(self.made.arn, name, "")
                del self.made.attributes[name]
        for name in ATTRIBUTES:
            if name in properties:
                value = properties[name]
                text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
                self.backend.set_subscription_attributes(self.made.arn, name, text)

    def remove(self):
        self.backend.unsubscribe(self.made.arn)


class QueuePolicy(Kept, CloudFormationModel):
    kind, name_property, backends = "AWS::SQS::QueuePolicy", "Id", sqs_backends

    def make(self, name, properties):
        self.physical_resource_id, self.queues = name, []
        self.configure(properties)

    def configure(self, properties):
        queues = [self.backend.get_queue(url.split("/")[-1]) for url in properties["Queues"]]
        for queue in queues:
            queue.policy = json.dumps(properties["PolicyDocument"])
        for queue in self.queues:
            if queue not in queues:
                queue.policy = None
        self.queues = queues

    def remove(self):
        for queue in self.queues:
            queue.policy = None


def install():
    """Nothing else to do: moto finds every subclass of CloudFormationModel."""
