"""AWS::Lambda::LayerVersion with its name and architectures, and with an end."""

from moto.awslambda.models import LayerVersion, lambda_backends

SETTINGS = ("LayerName", "Content", "Description", "CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo")


def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    spec = {name: properties[name] for name in SETTINGS if name in properties}
    spec.setdefault("LayerName", resource_name)
    return lambda_backends[account_id][region_name].publish_layer_version(spec)


def delete(self, account_id, region_name):
    lambda_backends[account_id][region_name].delete_layer_version(self.name, str(self.version))


def install():
    LayerVersion.create_from_cloudformation_json = classmethod(create)
    LayerVersion.physical_resource_id = property(lambda self: self.arn)
    LayerVersion.delete = delete
