"""Stacks: events in pages, resources with their status, outputs, deletion that can fail."""

import re
from urllib.parse import urlparse

from moto.cloudformation import models, responses, utils
from moto.cloudformation.exceptions import ValidationError
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from .engine import Engine, Failed, polls, run

PAGE = 100  # events
NAME = re.compile(r"^[a-zA-Z][-a-zA-Z0-9]{0,127}$")


def check_stack_name(name):
    if not NAME.match(name) and not name.startswith("arn:"):
        raise ValidationError(
            message="1 validation error detected: Value '{}' at 'stackName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*".format(name)
        )


def find_stack(backend, name):
    """The stack of that name or ID, unless it is deleted, or None."""
    for stack in list(backend.stacks.values()):
        if name in (stack.name, stack.stack_id):
            return stack
    return None


def any_stack(backend, name):
    """Like find_stack, but finds deleted stacks by ID, too. Raises ValidationError."""
    stack = find_stack(backend, name) or backend.deleted_stacks.get(name)
    if stack is None:
        raise ValidationError(message="Stack [{}] does not exist".format(name))
    return stack


def name_value(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def drop_exports(backend, stack):
    for name in [name for name, export in backend.exports.items() if export.exporting_stack_id == stack.stack_id]:
        del backend.exports[name]


def outputs(backend, stack):
    """Evaluates the outputs and exports of stack."""
    drop_exports(backend, stack)
    stack.output_map = stack._create_output_map()
    list(stack.output_map.values())  # raises an error if one cannot be evaluated
    for export in stack.exports:
        if export.name in backend.exports:
            raise ValidationError(message="Export with name {} is already exported by stack {}".format(
                export.name, backend.exports[export.name].exporting_stack_id))
        backend.exports[export.name] = export


def events(self):
    stack = any_stack(self.cloudformation_backend, self._get_param("StackName"))
    polls(stack).add()
    newest_first = list(stack.events)[::-1]
    start = 0
    token = self._get_param("NextToken")
    if token:
        ids = [str(event.event_id) for event in newest_first]
        if token not in ids:
            raise ValidationError(message="Token is invalid or expired")
        start = ids.index(token)
    rest = newest_first[start + PAGE:]
    return ActionResult({
        "StackEvents": newest_first[start:start + PAGE],
        "NextToken": str(rest[0].event_id) if rest else None,
    })


def resources(stack):
    """Every resource with its status, by name."""
    found = []
    for name, state in list(stack.__dict__.get("states", {}).items()):
        found.append({
            "StackId": stack.stack_id, "StackName": stack.name, "LogicalResourceId": name,
            "PhysicalResourceId": state.physical or None, "ResourceType": state.kind, "ResourceStatus": state.status,
            "ResourceStatusReason": state.reason, "Timestamp": state.at, "LastUpdatedTimestamp": state.at,
        })
    return found


def describe_stack_resources(self):
    name, wanted = self._get_param("StackName"), self._get_param("LogicalResourceId")
    found = resources(any_stack(self.cloudformation_backend, name))
    return ActionResult({"StackResources": [r for r in found if not wanted or r["LogicalResourceId"] == wanted]})


def describe_stack_resource(self):
    name, wanted = self._get_param("StackName"), self._get_param("LogicalResourceId")
    for resource in resources(any_stack(self.cloudformation_backend, name)):
        if resource["LogicalResourceId"] == wanted:
            return ActionResult({"StackResourceDetail": resource})
    raise ValidationError(message="Resource {} does not exist for stack {}".format(wanted, name))


def list_stack_resources(self):
    stack = any_stack(self.cloudformation_backend, self._get_param("StackName"))
    return ActionResult({"StackResourceSummaries": resources(stack)})


def delete_stack(self):
    backend, name = self.cloudformation_backend, self._get_param("StackName")
    stack = find_stack(backend, name)
    if stack is None:
        return EmptyResult()  # as CloudFormation has it
    if stack.enable_termination_protection:
        message = "Stack [{}] cannot be deleted while TerminationProtection is enabled".format(name)
        raise ValidationError(message=message)
    if stack.status.startswith("UPDATE_") and stack.status.endswith("_IN_PROGRESS"):
        message = "Stack [{}] cannot be deleted while in status {}".format(stack.stack_id, stack.status)
        raise ValidationError(message=message)
    retain = self._get_param("RetainResources") or []
    if retain and stack.status != "DELETE_FAILED":
        raise ValidationError(
            message="Invalid operation on stack [{}]. Specify which resources to retain only when the stack is in the "
            "DELETE_FAILED state.".format(stack.stack_id)
        )
    engine = Engine(stack, self._get_param("ClientRequestToken"))
    engine.stack_event("DELETE_IN_PROGRESS", "User Initiated")
    run(engine, lambda: perform_delete(engine, backend, retain))
    return EmptyResult()


def perform_delete(engine, backend, retain):
    stack = engine.stack
    try:
        engine.delete_all(retain)
    except Failed as failure:
        engine.stack_event("DELETE_FAILED", str(failure))
        return
    for key in [key for key, c in backend.change_sets.items() if c.stack is stack]:
        del backend.change_sets[key]
    drop_exports(backend, stack)
    stack.deletion_time = utcnow()
    backend.deleted_stacks[stack.stack_id] = stack
    backend.stacks.pop(stack.stack_id, None)
    engine.stack_event("DELETE_COMPLETE")


def parameter_list(self):
    """The parameters as DescribeStacks shows them, with NoEcho values masked."""
    hidden = getattr(self.resource_map, "no_echo_parameter_keys", [])
    found = []
    for key, value in self.resource_map.resolved_parameters.items():
        value = ",".join(str(item) for item in value) if isinstance(value, list) else str(value)
        found.append({"ParameterKey": key, "ParameterValue": "****" if key in hidden else value})
    return found


def stack_from_s3_url(template_url, account_id, partition):
    """Like moto's, but accepts URLs of this server."""
    parsed = urlparse(template_url)
    if not parsed.hostname or not parsed.hostname.startswith("127."):
        return utils_get_stack(template_url, account_id=account_id, partition=partition)
    return utils_get_stack(parsed._replace(netloc="localhost").geturl(), account_id=account_id, partition=partition)


utils_get_stack = utils.get_stack_from_s3_url


def describe_stacks(self):
    stack = find_stack(self.cloudformation_backend, self._get_param("StackName") or "")
    if stack is not None:
        polls(stack).add()
    return moto_describe_stacks(self)


moto_describe_stacks = responses.CloudFormationResponse.describe_stacks


def install():
    cls = responses.CloudFormationResponse
    cls.describe_stacks = describe_stacks
    cls.describe_stack_events, cls.delete_stack = events, delete_stack
    cls.describe_stack_resource, cls.describe_stack_resources = describe_stack_resource, describe_stack_resources
    cls.list_stack_resources = list_stack_resources
    models.Stack.parameter_list = property(parameter_list)
    responses.get_stack_from_s3_url = stack_from_s3_url
