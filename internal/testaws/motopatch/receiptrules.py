"""Receipt rules of SES, and policies of buckets."""

import json

from moto.core.common_models import CloudFormationModel
from moto.s3.models import s3_backends
from moto.ses.models import ses_backends
from moto.utilities.utils import get_partition

from .kept import Kept


class ReceiptRule(Kept, CloudFormationModel):
    kind, backends = "AWS::SES::ReceiptRule", ses_backends

    def rule(self, properties):
        rule = dict(properties["Rule"], Name=self.physical_resource_id)
        rule.setdefault("Recipients", [])
        return rule

    def make(self, name, properties):
        self.rule_set = properties["RuleSetName"]
        self.physical_resource_id = properties["Rule"].get("Name") or name[:64].rstrip("-")
        self.backend.create_receipt_rule(self.rule_set, self.rule(properties), properties.get("After"))

    def configure(self, properties):
        self.backend.update_receipt_rule(self.rule_set, self.rule(properties))

    def remove(self):
        rule_set = self.backend.receipt_rule_set.get(self.rule_set)
        if rule_set is not None:
            rule_set.rules[:] = [rule for rule in rule_set.rules if rule["Name"] != self.physical_resource_id]


class BucketPolicy(Kept, CloudFormationModel):
    kind = "AWS::S3::BucketPolicy"

    def make(self, name, properties):
        self.backend = s3_backends[self.account_id][get_partition(self.region_name)]
        self.physical_resource_id = properties["Bucket"]
        self.configure(properties)

    def configure(self, properties):
        document = json.dumps(properties["PolicyDocument"]).encode("utf-8")
        self.backend.put_bucket_policy(self.physical_resource_id, document)

    def remove(self):
        if self.physical_resource_id in self.backend.buckets:
            self.backend.delete_bucket_policy(self.physical_resource_id)


def install():
    pass  # moto finds the types by their classes
