"""Buckets: the notifications in a template, and S3's checks of them."""

from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket, s3_backends
from moto.s3.responses import S3Response
from moto.utilities.utils import get_partition


class Ambiguous(S3ClientError):
    def __init__(self):
        super(Ambiguous, self).__init__(
            "InvalidArgument", "Configurations overlap. Configurations on the same bucket cannot share a common event "
            "type.")


def rules(properties):
    """Converts a template's filter to the form of S3's XML."""
    found = properties.get("Filter", {}).get("S3Key", {}).get("Rules", [])
    named = [{"Name": rule["Name"], "Value": rule["Value"]} for rule in found]
    return {"S3Key": {"FilterRule": named}} if named else {}


def notifications(properties):
    wanted = properties.get("NotificationConfiguration") or {}
    found = {}
    for kind, target, name in (("LambdaConfigurations", "Function", "CloudFunction"),
                               ("QueueConfigurations", "Queue", "Queue"), ("TopicConfigurations", "Topic", "Topic")):
        if wanted.get(kind):
            found[name + "Configuration"] = [
                {name: one[target], "Event": [one["Event"]], "Filter": rules(one)} for one in wanted[kind]]
    if wanted.get("EventBridgeConfiguration", {}).get("EventBridgeEnabled", "EventBridgeConfiguration" in wanted):
        found["EventBridgeConfiguration"] = {}
    return found


def create_bucket(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    bucket = original_create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    bucket.in_template = notifications(cloudformation_json.get("Properties", {}))
    if bucket.in_template:
        backend = s3_backends[account_id][get_partition(region_name)]
        backend.put_bucket_notification_configuration(resource_name, bucket.in_template)
    return bucket


def update_bucket(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    before = getattr(original_resource, "in_template", {})
    named = dict(cloudformation_json, Properties=dict(
        cloudformation_json.get("Properties", {}), BucketName=original_resource.name))  # which moto expects
    bucket = original_update(cls, original_resource, new_resource_name, named, account_id, region_name)
    bucket.in_template = notifications(cloudformation_json.get("Properties", {}))
    if bucket.in_template != before:
        # CloudFormation replaces all notifications of the bucket, including those that are not in the template.
        bucket.set_notification_configuration(bucket.in_template)
    return bucket


def parts(notification):
    found = notification.filters.get("S3Key", {}).get("FilterRule", [])
    texts = {rule["Name"].lower(): rule["Value"] for rule in found}
    return texts.get("prefix", ""), texts.get("suffix", "")


def overlap(one, other):
    def fits(pattern, name):
        return pattern == name or pattern.endswith("*") and name.startswith(pattern[:-1])

    (start, end), (other_start, other_end) = parts(one), parts(other)
    return (any(fits(a, b) or fits(b, a) for a in one.events for b in other.events)
            and (start.startswith(other_start) or other_start.startswith(start))
            and (end.endswith(other_end) or other_end.endswith(end)))


def set_notifications(self, notification_config):
    """Like moto's, but refuses ambiguous configurations."""
    before = self.notification_configuration
    original_set(self, notification_config)
    now = self.notification_configuration
    if now is not None:
        every = now.cloud_function + now.queue + now.topic
        for position, one in enumerate(every):
            if any(overlap(one, other) for other in every[:position]):
                self.notification_configuration = before
                raise Ambiguous()


def read_notifications(self):
    """Like moto's, but accepts the names of filters as S3 writes them."""
    text = self.body.decode("utf-8") if isinstance(self.body, bytes) else self.body
    for name in ("prefix", "suffix"):
        text = text.replace("<Name>{}</Name>".format(name.capitalize()), "<Name>{}</Name>".format(name))
    self.body = text
    return original_read(self)


def get_notifications(self):
    """Like moto's, but also shows the configuration for EventBridge, and the names of filters as S3 writes them."""
    found = self.backend.get_bucket_notification_configuration(self.bucket_name)
    status, headers, body = original_get(self)
    if found is not None:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        for name in ("prefix", "suffix"):
            text = text.replace("<Name>{}</Name>".format(name), "<Name>{}</Name>".format(name.capitalize()))
        if found.event_bridge is not None:
            end = "</NotificationConfiguration>"
            text = text.replace(end, "<EventBridgeConfiguration></EventBridgeConfiguration>" + end)
        body = text
    return status, headers, body


original_create = FakeBucket.create_from_cloudformation_json.__func__
original_update = FakeBucket.update_from_cloudformation_json.__func__
original_set = FakeBucket.set_notification_configuration
original_read = S3Response._notification_config_from_body
original_get = S3Response.get_bucket_notification


def install():
    FakeBucket.create_from_cloudformation_json = classmethod(create_bucket)
    FakeBucket.update_from_cloudformation_json = classmethod(update_bucket)
    FakeBucket.set_notification_configuration = set_notifications
    S3Response._notification_config_from_body = read_notifications
    S3Response.get_bucket_notification = get_notifications
