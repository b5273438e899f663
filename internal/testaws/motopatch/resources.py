"""Roles, log groups and buckets of a stack: properties that moto ignores, and updates that it does not have."""

import json

from moto.iam.models import ManagedPolicy, Role, iam_backends
from moto.logs.models import LogGroup
from moto.s3.models import FakeBucket, s3_backends
from moto.utilities.utils import get_partition


def managed_policy(backend, arn):
    """The policy of that ARN. Those of AWS are created when they are first used."""
    for policy in backend.managed_policies.values():
        if policy.arn == arn:
            return policy
    if ":iam::aws:policy/" not in arn:
        raise RuntimeError("Policy {} does not exist or is not attachable.".format(arn))
    path, _, name = arn.split(":policy")[1].rpartition("/")
    return ManagedPolicy(name, account_id="aws", region=backend.region_name, path=path + "/", document=json.dumps(
        {"Version": "2012-10-17", "Statement": []}))


def configure_role(role, properties, backend):
    for policy in list(role.managed_policies.values()):
        if policy.arn in getattr(role, "of_stack", ()):
            policy.detach_from(role)
    wanted = properties.get("ManagedPolicyArns", [])
    for arn in wanted:
        managed_policy(backend, arn).attach_to(role)
    role.of_stack = list(wanted)
    for name in getattr(role, "inline_of_stack", ()):
        role.policies.pop(name, None)
    inline = properties.get("Policies", [])
    for policy in inline:
        role.policies[policy["PolicyName"]] = json.dumps(policy["PolicyDocument"])
    role.inline_of_stack = [policy["PolicyName"] for policy in inline]
    trust = properties["AssumeRolePolicyDocument"]
    role.assume_role_policy_document = trust if isinstance(trust, str) else json.dumps(trust)
    role.description = properties.get("Description", "")
    role.max_session_duration = properties.get("MaxSessionDuration", 3600)
    role.permissions_boundary_arn = properties.get("PermissionsBoundary") or None
    role.tags = {tag["Key"]: tag for tag in properties.get("Tags", [])}


def create_role(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = dict(cloudformation_json["Properties"])
    later = dict(properties, Policies=[])
    without_policies = dict(cloudformation_json, Properties=later)
    role = original_create_role(cls, resource_name, without_policies, account_id, region_name, **kwargs)
    backend = iam_backends[account_id][get_partition(region_name)]
    try:
        configure_role(role, properties, backend)
    except Exception:
        backend.roles.pop(role.id, None)
        raise
    return role


def update_role(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    backend = iam_backends[account_id][get_partition(region_name)]
    configure_role(original_resource, cloudformation_json["Properties"], backend)
    return original_resource


def delete_role(self, account_id, region_name):
    """Detaches the stack's policies and deletes the role. As in IAM, that fails if it has others."""
    backend = iam_backends[account_id][get_partition(region_name)]
    for policy in list(self.managed_policies.values()):
        if policy.arn in self.of_stack:
            policy.detach_from(self)
    for name in self.inline_of_stack:
        self.policies.pop(name, None)
    if not any(role is self for role in backend.get_roles()):
        return
    if self.managed_policies or self.policies:
        raise RuntimeError("Cannot delete entity, must detach all policies first.")
    backend.delete_role(self.name)


def update_log_group(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties = cloudformation_json["Properties"]
    original_resource.retention_in_days = properties.get("RetentionInDays")
    original_resource.kms_key_id = properties.get("KmsKeyId")
    return original_resource


def delete_bucket(cls, resource_name, cloudformation_json, account_id, region_name):
    backend = s3_backends[account_id][get_partition(region_name)]
    if resource_name not in backend.buckets:
        return
    if backend.delete_bucket(resource_name) is None:
        raise RuntimeError("The bucket you tried to delete is not empty (Service: S3, Status Code: 409)")


original_create_role = Role.create_from_cloudformation_json.__func__


def install():
    Role.create_from_cloudformation_json = classmethod(create_role)
    Role.update_from_cloudformation_json = classmethod(update_role)
    Role.delete = delete_role
    LogGroup.update_from_cloudformation_json = classmethod(update_log_group)
    FakeBucket.delete_from_cloudformation_json = classmethod(delete_bucket)
