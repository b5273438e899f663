"""Distributions of a stack, with the access controls and functions that they refer to."""

import re

from moto.cloudfront import models
from moto.cloudfront.models import cloudfront_backends
from moto.core.common_models import CloudFormationModel
from moto.utilities.utils import get_partition

from .kept import Kept

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Part(Kept):
    @classmethod
    def cloudformation_type(cls):
        return "AWS::CloudFront::" + str(cls.kind)

    def make(self, name, properties):
        self.backend = cloudfront_backends[self.account_id][get_partition(self.region_name)]
        self.create(properties)
        self.configure(properties)


class OriginAccessControl(Part, CloudFormationModel):
    kind, attributes = "OriginAccessControl", {"Id": "id"}

    @property
    def physical_resource_id(self):
        return self.made.id

    def create(self, properties):
        wanted = properties["OriginAccessControlConfig"]
        if not NAME.fullmatch(wanted["Name"]):
            raise RuntimeError("The name of the origin access control is invalid: " + wanted["Name"])
        if any(other.name == wanted["Name"] for other in self.backend.origin_access_controls.values()):
            raise RuntimeError("An origin access control with the same name already exists.")
        self.made = self.backend.create_origin_access_control(dict(wanted))

    def configure(self, properties):
        self.made.update(properties["OriginAccessControlConfig"])

    def remove(self):
        for distribution in self.backend.distributions.values():
            if self.made.id in origins(distribution):
                raise RuntimeError("Cannot delete the origin access control because it's in use.")
        self.backend.origin_access_controls.pop(self.made.id, None)


class Function(Part, CloudFormationModel):
    kind = "Function"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ("FunctionARN", "FunctionMetadata.FunctionARN")

    def get_cfn_attribute(self, attribute_name):
        return self.physical_resource_id

    def create(self, properties):
        name = properties["Name"]
        if not NAME.fullmatch(name):
            raise RuntimeError("The function's name is invalid: " + name)
        self.physical_resource_id = "arn:{}:cloudfront::{}:function/{}".format(
            get_partition(self.region_name), self.account_id, name)
        known = self.backend.__dict__.setdefault("functions", {})
        if self.physical_resource_id in known:
            raise RuntimeError("The function already exists.")
        known[self.physical_resource_id] = self

    def configure(self, properties):
        self.code = properties["FunctionCode"]
        if len(self.code) > 10240:
            raise RuntimeError("FunctionSizeLimitExceeded")

    def remove(self):
        for distribution in self.backend.distributions.values():
            if self.physical_resource_id in functions(distribution):
                raise RuntimeError("Cannot delete the function because it's in use by one or more resources.")
        self.backend.functions.pop(self.physical_resource_id, None)


class Distribution(Part, CloudFormationModel):
    kind, attributes = "Distribution", {"DomainName": "domain_name", "Id": "id"}

    @property
    def physical_resource_id(self):
        return self.made.id

    def read(self, properties):
        """Returns the configuration in the form of CloudFront's API, which counts what its lists have."""
        wanted = properties["DistributionConfig"]
        found = {key: value for key, value in wanted.items() if key not in ("Origins", "IPV6Enabled", "Aliases")}
        found["Origins"] = {"Items": [dict(origin) for origin in wanted["Origins"]], "Quantity": len(wanted["Origins"])}
        found["Aliases"] = {"Items": list(wanted.get("Aliases", []))}
        found["IsIPV6Enabled"] = wanted.get("IPV6Enabled", False)
        errors = [dict(error) for error in wanted.get("CustomErrorResponses", [])]
        found["CustomErrorResponses"] = {"Items": errors, "Quantity": len(errors)}
        behavior = dict(wanted["DefaultCacheBehavior"])
        behavior["AllowedMethods"] = {"Items": list(behavior.get("AllowedMethods", ["GET", "HEAD"]))}
        found["DefaultCacheBehavior"] = behavior
        certificate = wanted.get("ViewerCertificate")
        if certificate:
            found["ViewerCertificate"] = {
                "CloudFrontDefaultCertificate": False, "ACMCertificateArn": certificate["AcmCertificateArn"],
                "SSLSupportMethod": certificate["SslSupportMethod"],
                "MinimumProtocolVersion": certificate["MinimumProtocolVersion"],
            }
        return found

    def check(self, properties):
        wanted = properties["DistributionConfig"]
        for origin in wanted["Origins"]:
            if origin.get("OriginAccessControlId") not in self.backend.origin_access_controls:
                raise RuntimeError("Illegal Origin Access Control ID")
        for one in wanted["DefaultCacheBehavior"].get("FunctionAssociations", []):
            if one["FunctionARN"] not in self.backend.__dict__.get("functions", {}):
                raise RuntimeError("The specified function does not exist.")
        for other in self.backend.distributions.values():
            taken = set(other.wanted.get("Aliases", [])) & set(wanted.get("Aliases", []))
            if taken and other is not getattr(self, "made", None):
                raise RuntimeError("One or more of the CNAMEs you provided are already associated with a different "
                                   "resource.")

    def create(self, properties):
        self.check(properties)
        found = dict(self.read(properties), CallerReference=models.random_id())
        self.made, _, _ = self.backend.create_distribution(found, [])
        self.made.wanted = properties["DistributionConfig"]

    def configure(self, properties):
        self.check(properties)
        self.made.wanted = properties["DistributionConfig"]
        found = dict(self.read(properties), CallerReference=self.made.distribution_config.caller_reference)
        self.made.distribution_config = models.DistributionConfig(found)

    def remove(self):
        self.backend.distributions.pop(self.made.id, None)


def origins(distribution):
    return [origin.get("OriginAccessControlId") for origin in distribution.wanted["Origins"]]


def functions(distribution):
    return [one["FunctionARN"] for one in distribution.wanted["DefaultCacheBehavior"].get("FunctionAssociations", [])]


def install():
    """Nothing else to do: moto finds every subclass of CloudFormationModel."""
