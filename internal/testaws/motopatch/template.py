"""The checks that CloudFormation makes of a template before it creates a change set."""

import json

from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.models import Stack

from .references import depends, order, references

PSEUDO = {
    "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition",
    "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
}
# Types that need a capability, and the property with which they need CAPABILITY_NAMED_IAM.
IAM = {
    "AWS::IAM::Role": "RoleName", "AWS::IAM::Policy": None, "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::User": "UserName", "AWS::IAM::Group": "GroupName", "AWS::IAM::InstanceProfile": "InstanceProfileName",
}


class InsufficientCapabilities(CloudFormationError):
    __module__ = CloudFormationError.__module__  # moto uses it to find the service's model
    code = "InsufficientCapabilitiesException"


def parse(text):
    """The template of text as a dict. Raises ValidationError."""
    try:
        template = json.loads(text)  # a hundred times as fast as YAML's parser
    except ValueError:
        try:
            template = Stack.parse_template(text)
        except Exception as error:
            raise ValidationError(message="Template format error: {}".format(error))
    if not isinstance(template, dict):
        raise ValidationError(message="Template format error: unsupported structure.")
    resources = template.get("Resources")
    if not isinstance(resources, dict) or not resources:
        raise ValidationError(message="Template format error: At least one Resources member must be defined.")
    for name, resource in resources.items():
        if not isinstance(resource, dict) or "Type" not in resource:
            message = "Template format error: [/Resources/{}] Every Resources object must contain a Type member."
            raise ValidationError(message=message.format(name))
    check_references(template)
    return template


def check_references(template):
    resources, parameters = template["Resources"], template.get("Parameters") or {}
    known = set(resources) | set(parameters) | PSEUDO
    unknown = {name for resource in resources.values() for name in depends(resource)} - known
    if unknown:
        raise ValidationError(message="Template format error: Unresolved resource dependencies [{}] in the Resources "
                              "block of the template".format(", ".join(sorted(unknown))))
    unknown = {name for name, _ in references(template.get("Outputs") or {})} - known
    if unknown:
        raise ValidationError(message="Template format error: Unresolved resource dependencies [{}] in the Outputs "
                              "block of the template".format(", ".join(sorted(unknown))))
    try:
        order(resources)
    except ValueError as error:
        raise ValidationError(message=str(error))


def check_parameters(template, parameters):
    declared = template.get("Parameters") or {}
    unknown = sorted(set(parameters) - set(declared))
    if unknown:
        raise ValidationError(message="Parameters: [{}] do not exist in the template".format(", ".join(unknown)))
    missing = sorted(name for name, slot in declared.items() if name not in parameters and "Default" not in slot)
    if missing:
        raise ValidationError(message="Parameters: [{}] must have values".format(", ".join(missing)))


def check_capabilities(template, capabilities):
    needed = None
    for resource in template["Resources"].values():
        if resource["Type"] in IAM:
            named = IAM[resource["Type"]] in resource.get("Properties", {})
            needed = "CAPABILITY_NAMED_IAM" if named else needed or "CAPABILITY_IAM"
    granted = set(capabilities)
    if "CAPABILITY_NAMED_IAM" in granted:
        granted.add("CAPABILITY_IAM")
    if needed and needed not in granted:
        raise InsufficientCapabilities("Requires capabilities : [{}]".format(needed))
