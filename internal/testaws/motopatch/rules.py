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

from .functionparts import function_name, unknown_attribute


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


class Schedule(CloudFormationModel):
    def __init__(self, backend, schedule):
        self.backend, self.schedule = backend, schedule

    @staticmethod
    def cloudformation_name_type():
        return "Name"

    @staticmethod
    def cloudformation_type():
        return "AWS::Scheduler::Schedule"

    @property
    def physical_resource_id(self):
        return self.schedule.name

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name):
        if attribute_name == "Arn":
            return self.schedule.arn
        raise unknown_attribute()

    @staticmethod
    def settings(name, properties, account_id, region_name):
        target = dict(properties["Target"])
        check_role(target["RoleArn"], account_id, region_name)
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

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        backend = scheduler_backends[account_id][region_name]
        backend.get_schedule_group(properties.get("GroupName"))
        schedule = backend.create_schedule(
            action_after_completion=None, **cls.settings(resource_name, properties, account_id, region_name))
        return cls(backend, schedule)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.backend.update_schedule(**cls.settings(
            original_resource.schedule.name, cloudformation_json["Properties"], account_id, region_name))
        return original_resource

    def delete(self, account_id, region_name):
        self.backend.delete_schedule(self.schedule.group_name, self.schedule.name)


class SubscriptionFilter(CloudFormationModel):
    def __init__(self, backend, group, name):
        self.backend, self.group, self.physical_resource_id = backend, group, name

    @staticmethod
    def cloudformation_name_type():
        return "FilterName"

    @staticmethod
    def cloudformation_type():
        return "AWS::Logs::SubscriptionFilter"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    def configure(self, properties, account_id, region_name):
        destination = properties["DestinationArn"]
        function = lambda_backends[account_id][region_name].get_function(function_name(destination))
        if "logs.amazonaws.com" not in json.dumps(function.policy.get_policy()):
            raise RuntimeError("Could not execute the lambda function. Make sure you have given CloudWatch Logs "
                               "permission to execute your function.")
        self.backend.put_subscription_filter(self.group, self.physical_resource_id, properties["FilterPattern"],
                                             destination, properties.get("RoleArn"))

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        made = cls(logs_backends[account_id][region_name], properties["LogGroupName"], resource_name)
        made.configure(properties, account_id, region_name)
        return made

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.configure(cloudformation_json["Properties"], account_id, region_name)
        return original_resource

    def delete(self, account_id, region_name):
        if self.group in self.backend.groups:
            self.backend.delete_subscription_filter(self.group, self.physical_resource_id)


def install():
    EventBus.physical_resource_id = property(lambda self: self.name)
    Rule.update_from_cloudformation_json = classmethod(update_rule)
