"""Event source mappings: all kinds of sources, settings that an update removes, and the permissions of the role."""

import copy
import json

from moto.awslambda.models import EventSourceMapping, lambda_backends
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

# moto's attribute for each property.
ATTRIBUTES = {
    "AmazonManagedKafkaEventSourceConfig": "kafka_config",
    "BisectBatchOnFunctionError": "bisect_on_error",
    "DestinationConfig": "destination_config",
    "DocumentDBEventSourceConfig": "document_db_config",
    "FilterCriteria": "filter_criteria",
    "FunctionResponseTypes": "function_response_types",
    "KmsKeyArn": "kms_key",
    "MaximumBatchingWindowInSeconds": "max_batch_window",
    "MaximumRecordAgeInSeconds": "max_record_age",
    "MaximumRetryAttempts": "max_retry_attempts",
    "MetricsConfig": "metrics",
    "ParallelizationFactor": "parallelization_factor",
    "ProvisionedPollerConfig": "poller_config",
    "Queues": "queues",
    "ScalingConfig": "scaling_config",
    "SelfManagedEventSource": "self_managed_event_source",
    "SelfManagedKafkaEventSourceConfig": "self_managed_kafka_event_source_config",
    "SourceAccessConfigurations": "source_access_config",
    "Topics": "topics",
    "TumblingWindowInSeconds": "tumbling_window",
}
# The action that Lambda tries, by the service of the source.
TRIED = {"sqs": "sqs:ReceiveMessage", "kinesis": "kinesis:GetRecords", "dynamodb": "dynamodb:GetRecords"}


def check_role(function, source):
    """Raises an error if no inline policy of the function's role names the action that reads the source."""
    action = TRIED.get(source.split(":")[2])
    if "/consumer/" in source:
        action = "kinesis:SubscribeToShard"
    backend = iam_backends[function.account_id][get_partition(function.region)]
    role = [role for role in backend.get_roles() if role.arn == function.role]
    if not action or not role or any(  # IAM does not distinguish cases of actions
            action.lower() in json.dumps(policy).lower() for policy in role[0].policies.values()):
        return
    raise RuntimeError("The function execution role does not have permissions to call {} on {}".format(
        action.split(":")[1], action.split(":")[0].upper()))


def configure(mapping, properties, function):
    properties = copy.deepcopy(properties)
    # moto would store the version that an alias refers to.
    name = properties["FunctionName"]
    mapping.function_arn = name if name.startswith("arn:") else function.function_arn
    for name, attribute in ATTRIBUTES.items():
        setattr(mapping, attribute, properties.get(name))
    mapping.tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    mapping.enabled = properties.get("Enabled", True)
    mapping.batch_size = properties.get("BatchSize")


def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = copy.deepcopy(cloudformation_json["Properties"])
    backend = lambda_backends[account_id][region_name]
    function = backend.get_function(properties["FunctionName"])
    source = properties.get("EventSourceArn", "")
    if source:
        check_role(function, source)
    if source.split(":")[2:3] in (["sqs"], ["kinesis"], ["dynamodb"]) and "/consumer/" not in source:
        mapping = backend.create_event_source_mapping(properties)
    else:
        mapping = Foreign(dict(properties, RegionName=region_name, AccountId=account_id,
                               FunctionArn=function.function_arn, EventSourceArn=source))
        backend._event_source_mappings[mapping.uuid] = mapping
    configure(mapping, cloudformation_json["Properties"], function)
    return mapping


def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    properties = cloudformation_json["Properties"]
    backend = lambda_backends[account_id][region_name]
    configure(original_resource, properties, backend.get_function(properties["FunctionName"]))
    return original_resource


class Foreign(EventSourceMapping):
    """A mapping of a source that moto does not know. It reads nothing."""

    def __init__(self, spec):
        self._event_source_arn = spec["EventSourceArn"]
        super(Foreign, self).__init__(spec)

    event_source_arn = property(lambda self: self._event_source_arn, lambda self, arn: None)
    batch_size = property(lambda self: self._batch_size,
                          lambda self, size: setattr(self, "_batch_size", int(size or 100)))

    def _get_service_source_from_arn(self, event_source_arn=None):
        return (self._event_source_arn.split(":") + ["", "", "self-managed"])[2]

    def get_configuration(self):
        found = super(Foreign, self).get_configuration()
        if not self._event_source_arn:
            del found["EventSourceArn"]
        return found

    @staticmethod
    def cloudformation_type():
        return ""


def install():
    EventSourceMapping.create_from_cloudformation_json = classmethod(create)
    EventSourceMapping.update_from_cloudformation_json = classmethod(update)
