"""Receipt rules of SES, and policies of buckets."""

import json

from moto.core.common_models import CloudFormationModel
from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.utilities.utils import get_partition


class ReceiptRule(CloudFormationModel):
    def __init__(self, backend, rule_set, name):
        self.backend, self.rule_set, self.physical_resource_id = backend, rule_set, name

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::SES::ReceiptRule"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    @staticmethod
    def rule(name, properties):
        rule = dict(properties["Rule"], Name=name)
        rule.setdefault("Recipients", [])
        return rule

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties, backend = cloudformation_json["Properties"], ses_backends[account_id][region_name]
        name = properties["Rule"].get("Name") or resource_name[:64].rstrip("-")
        backend.create_receipt_rule(properties["RuleSetName"], cls.rule(name, properties), properties.get("After"))
        return cls(backend, properties["RuleSetName"], name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        old = original_resource
        old.backend.update_receipt_rule(
            old.rule_set, cls.rule(old.physical_resource_id, cloudformation_json["Properties"]))
        return old

    def delete(self, account_id, region_name):
        rule_set = self.backend.receipt_rule_set.get(self.rule_set)
        if rule_set is not None:
            rule_set.rules[:] = [rule for rule in rule_set.rules if rule["Name"] != self.physical_resource_id]


class BucketPolicy(CloudFormationModel):
    def __init__(self, bucket):
        self.physical_resource_id = bucket

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::S3::BucketPolicy"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties, backend = cloudformation_json["Properties"], s3_backends[account_id][get_partition(region_name)]
        document = json.dumps(properties["PolicyDocument"]).encode("utf-8")
        backend.put_bucket_policy(properties["Bucket"], document)
        return cls(properties["Bucket"])

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)

    def delete(self, account_id, region_name):
        backend = s3_backends[account_id][get_partition(region_name)]
        if self.physical_resource_id in backend.buckets:
            backend.delete_bucket_policy(self.physical_resource_id)


def install():
    pass  # moto finds the types by their classes
