"""Rules of EventBridge, schedules of EventBridge Scheduler, and subscription filters of log groups."""

import json
from datetime import datetime

from moto.awslambda.models import lambda_backends
from moto.core.common_models import CloudFormationModel
from moto.events.models import EventBus, Rule
from moto.iam.models import iam_backends
from moto.logs.models import logs_backends
from moto.scheduler.models import scheduler_backends
from moto.utilities.utils import get_partition

from .functionparts import function_name
from .kept import Kept


def update_rule(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    """Keeps the rule's name, and so its ARN."""
    original_resource.delete(account_id, region_name)
    return cls.create_from_cloudformation_json(original_resource.name, cloudformation_json, account_id, region_name)


def epoch(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() if text else None


def check_role(arn, account_id, region_name):
    """Raises an error if Scheduler may not assume the role."""
    for role in iam_backends[account_id][get_partition(region_name)].get_roles():
        if role.arn == arn and "scheduler.amazonaws.com" in role.assume_role_policy_document:
            return
    raise RuntimeError("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.")


class Schedule(Kept, CloudFormationModel):
    kind, name_property, backends = "AWS::Scheduler::Schedule", "Name", scheduler_backends
    attributes = {"Arn": "arn"}

    @property
    def physical_resource_id(self):
        return self.made.name

    def settings(self, name, properties):
        target = dict(properties["Target"])
        check_role(target["RoleArn"], self.account_id, self.region_name)
        return {
            "description": properties.get("Description"),
            "end_date": epoch(properties.get("EndDate")),
            "flexible_time_window": properties["FlexibleTimeWindow"],
            "group_name": properties.get("GroupName"),
            "kms_key_arn": properties.get("KmsKeyArn"),
            "name": name,
            "schedule_expression": properties["ScheduleExpression"],
            "schedule_expression_timezone": properties.get("ScheduleExpressionTimezone"),
            "start_date": epoch(properties.get("StartDate")),
            "state": properties.get("State", "ENABLED"),
            "target": target,
        }

    def make(self, name, properties):
        self.backend.get_schedule_group(properties.get("GroupName"))
        self.made = self.backend.create_schedule(action_after_completion=None, **self.settings(name, properties))

    def configure(self, properties):
        self.backend.update_schedule(**self.settings(self.made.name, properties))

    def remove(self):
        self.backend.delete_schedule(self.made.group_name, self.made.name)


class SubscriptionFilter(Kept, CloudFormationModel):
    kind, name_property, backends = "AWS::Logs::SubscriptionFilter", "FilterName", logs_backends

    def make(self, name, properties):
        self.group, self.physical_resource_id = properties["LogGroupName"], name
        self.configure(properties)

    def configure(self, properties):
        destination = properties["DestinationArn"]
        function = lambda_backends[self.account_id][self.region_name].get_function(function_name(destination))
        if "logs.amazonaws.com" not in json.dumps(function.policy.get_policy()):
            raise RuntimeError("Could not execute the lambda function. Make sure you have given CloudWatch Logs "
                               "permission to execute your function.")
        self.backend.put_subscription_filter(self.group, self.physical_resource_id, properties["FilterPattern"],
                                             destination, properties.get("RoleArn"))

    def remove(self):
        if self.group in self.backend.groups:
            self.backend.delete_subscription_filter(self.group, self.physical_resource_id)


def install():
    EventBus.physical_resource_id = property(lambda self: self.name)
    Rule.update_from_cloudformation_json = classmethod(update_rule)
