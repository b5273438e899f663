"""What the stand-in's own classes of resources have in common."""


def unknown_attribute():
    from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
    return UnformattedGetAttTemplateException()


class Kept(object):
    """A resource that one of moto's backends keeps.

    A class names it as its first base, before CloudFormationModel, whose direct subclasses moto finds. It has kind,
    physical_resource_id, make, which creates the resource, and remove; and configure unless updates replace it.
    """

    kind = None  # CloudFormation's type
    name_property = ""  # the property with its name, which is the first argument of make
    attributes = {}  # of GetAtt: the attributes of self.made with their values
    backends = None

    def __init__(self, account_id, region_name):
        self.account_id, self.region_name = account_id, region_name
        self.backend = None if self.backends is None else self.backends[account_id][region_name]

    @classmethod
    def cloudformation_name_type(cls):
        return cls.name_property

    @classmethod
    def cloudformation_type(cls):
        return str(cls.kind)

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in cls.attributes

    def get_cfn_attribute(self, attribute_name):
        if attribute_name in self.attributes:
            return self.attribute(attribute_name)
        raise unknown_attribute()

    def attribute(self, name):
        return getattr(self.made, self.attributes[name])

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        resource = cls(account_id, region_name)
        resource.make(resource_name, cloudformation_json["Properties"])
        return resource

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id,
                                        region_name):
        original_resource.configure(cloudformation_json["Properties"])
        return original_resource

    def delete(self, account_id, region_name):
        self.remove()
