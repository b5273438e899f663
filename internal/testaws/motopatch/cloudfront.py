"""Distributions of a stack, with the access controls and functions that they refer to."""

import re

from moto.awslambda.models import lambda_backends
from moto.cloudfront import exceptions, models
from moto.cloudfront.models import cloudfront_backends
from moto.core.common_models import CloudFormationModel
from moto.utilities.utils import get_partition

from .kept import Kept

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
VERSION = re.compile(r"arn:[a-z-]+:lambda:us-east-1:[0-9]{12}:function:[A-Za-z0-9_-]+:[0-9]+")
ASSOCIATIONS = ("LambdaFunctionAssociations", "FunctionAssociations")


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
        found["DefaultCacheBehavior"] = counted(wanted["DefaultCacheBehavior"])
        others = [counted(one) for one in wanted.get("CacheBehaviors", [])]
        found["CacheBehaviors"] = {"Items": others, "Quantity": len(others)}
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
            control = origin.get("OriginAccessControlId")
            if control is not None and control not in self.backend.origin_access_controls:
                raise RuntimeError("Illegal Origin Access Control ID")
        for behavior in behaviors(wanted):
            for one in behavior.get("FunctionAssociations", []):
                if one["FunctionARN"] not in self.backend.__dict__.get("functions", {}):
                    raise RuntimeError("The specified function does not exist.")
        for behavior in [counted(one) for one in behaviors(wanted)]:
            check_functions(self.account_id, behavior)
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


def behaviors(wanted):
    return [wanted["DefaultCacheBehavior"]] + list(wanted.get("CacheBehaviors", []))


def counted(behavior):
    """Returns a cache behavior in the form of CloudFront's API."""
    found = dict(behavior)
    found["AllowedMethods"] = {"Items": list(behavior.get("AllowedMethods", ["GET", "HEAD"]))}
    for name in ASSOCIATIONS:
        items = [dict(one) for one in behavior.get(name, [])]
        for one in items:
            if "IncludeBody" in one:
                one["IncludeBody"] = str(one["IncludeBody"]).lower() == "true"
        if name == "LambdaFunctionAssociations":
            items = [dict({"IncludeBody": False}, **one) for one in items]
        found[name] = {"Items": items, "Quantity": len(items)}
    return found


def check_functions(account_id, behavior):
    """Raises the errors of CloudFront about the functions that a behavior runs."""
    edge = (behavior.get("LambdaFunctionAssociations") or {}).get("Items") or []
    small = (behavior.get("FunctionAssociations") or {}).get("Items") or []
    for one in edge:
        arn = one["LambdaFunctionARN"]
        if not VERSION.fullmatch(arn):
            raise RuntimeError("InvalidLambdaFunctionAssociation: The function ARN must reference a specific function "
                               "version in us-east-1. (The ARN must end with the version number.) ARN: " + arn)
        if lambda_backends[account_id]["us-east-1"].get_function(arn) is None:
            raise RuntimeError("InvalidLambdaFunctionAssociation: The function does not exist: " + arn)
    events = [one["EventType"] for one in edge + small]
    if len(set(events)) != len(events):
        raise RuntimeError("InvalidLambdaFunctionAssociation: Event types must not repeat: " + ", ".join(events))
    if {one["EventType"][:6] for one in edge} & {one["EventType"][:6] for one in small}:
        raise RuntimeError("InvalidFunctionAssociation: Lambda@Edge and CloudFront Functions cannot both be "
                           "associated with viewer events.")


def origins(distribution):
    return [origin.get("OriginAccessControlId") for origin in wanted_of(distribution).get("Origins", [])]


def functions(distribution):
    wanted = wanted_of(distribution)
    return [one["FunctionARN"] for behavior in (behaviors(wanted) if wanted else [])
            for one in behavior.get("FunctionAssociations", [])]


def wanted_of(distribution):
    """Returns the configuration in a template; distributions of other origin have none."""
    return distribution.__dict__.get("wanted", {})


def keep_functions():
    """Lets moto keep the functions that behaviors run, which it forgets."""
    original = models.DefaultCacheBehaviour.__init__

    def initialize(self, config):
        original(self, config)
        self.lambda_function_associations = config.get("LambdaFunctionAssociations") or {"Quantity": 0}
        self.function_associations = config.get("FunctionAssociations") or {"Quantity": 0}

    models.DefaultCacheBehaviour.__init__ = initialize


def summarize():
    """Lets lists of distributions have the behaviors, as CloudFront's do."""
    models.Distribution.DefaultCacheBehavior = property(lambda self: self.distribution_config.DefaultCacheBehavior)
    models.Distribution.CacheBehaviors = property(lambda self: self.distribution_config.CacheBehaviors)


def check_updates():
    """Lets updates fail as CloudFront's do: if something has changed the distribution, or a function is invalid."""
    original = models.CloudFrontBackend.update_distribution

    def update(self, dist_config, _id, if_match):
        known = self.distributions.get(_id)
        if known is not None and if_match and if_match != known.etag:
            raise PreconditionFailed()
        others = (dist_config.get("CacheBehaviors") or {}).get("Items") or []
        for behavior in [dist_config.get("DefaultCacheBehavior") or {}] + others:
            try:
                check_functions(self.account_id, behavior)
            except RuntimeError as error:
                raise InvalidAssociation(str(error).partition(": ")[2])
        found, location, _ = original(self, dist_config, _id, if_match)
        found.etag = models.random_id()
        return found, location, found.etag

    models.CloudFrontBackend.update_distribution = update


class PreconditionFailed(exceptions.CloudFrontException):
    def __init__(self):
        super().__init__("PreconditionFailed", "The request failed because it didn't meet the preconditions in one or "
                         "more request-header fields.")


class InvalidAssociation(exceptions.CloudFrontException):
    def __init__(self, message):
        super().__init__("InvalidLambdaFunctionAssociation", message)


def install():
    keep_functions()
    summarize()
    check_updates()
