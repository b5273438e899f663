"""Change sets: checks, no-change detection, differences."""

from moto.cloudformation import models, responses
from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError, ValidationError
from moto.cloudformation.utils import generate_changeset_id, generate_stack_id, validate_create_change_set
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from . import differences, template as templates
from .engine import Engine
from .stacks import check_stack_name, find_stack, name_value

NO_CHANGE = "The submitted information didn't contain changes. Submit different information to create a change set."
BODY_LIMIT = 51200


class NotFound(CloudFormationError):
    __module__ = CloudFormationError.__module__  # moto uses it to find the service's model
    code, status_code = "ChangeSetNotFound", 404


class ChangeSet(object):
    def __init__(self, **values):
        self.__dict__.update(values)

    def describe(self):
        self.polls -= 1
        pending = self.polls >= 0
        described = {
            "ChangeSetName": self.name, "ChangeSetId": self.id, "StackId": self.stack.stack_id,
            "StackName": self.stack.name, "Description": self.description, "CreationTime": self.created,
            "ExecutionStatus": "UNAVAILABLE" if pending else self.execution_status,
            "Status": "CREATE_IN_PROGRESS" if pending else self.status,
            "StatusReason": None if pending else self.reason,
        }
        return described

    def details(self):
        described = self.describe()
        described.update(
            Parameters=self.parameters,
            Tags=name_value(self.tags), Capabilities=self.capabilities,
            Changes=[] if described["Status"] == "CREATE_IN_PROGRESS" else
            [models_change(change) for change in self.changes],
        )
        return described


class Listed(object):
    """One entry of Changes, which moto's own code writes from an object's attributes."""


def models_change(change):
    listed = Listed()
    for key, value in change.items():
        setattr(listed, "".join("_" + c.lower() if c.isupper() else c for c in key).lstrip("_"), value)
    return listed


def create(self):
    """CreateChangeSet."""
    backend = self.cloudformation_backend
    stack_name, name = self._get_param("StackName"), self._get_param("ChangeSetName")
    validate_create_change_set(name)
    check_stack_name(stack_name)
    kind = self._get_param("ChangeSetType") or "UPDATE"
    stack = find_stack(backend, stack_name)
    check_status(stack, stack_name, name, kind)
    if stack is not None and any(c.name == name and c.stack is stack for c in backend.change_sets.values()):
        raise AlreadyExistsException("ChangeSet {} cannot be created due to a mismatch with existing attribute "
                                     "Name".format(name))
    text = body(self, stack)
    template = templates.parse(text)
    parameters = parameter_values(self._get_param("Parameters") or [], stack)
    templates.check_parameters(template, parameters)
    capabilities = self._get_param("Capabilities") or []
    templates.check_capabilities(template, capabilities)
    tags = {tag["Key"]: tag["Value"] for tag in self._get_param("Tags") or []}
    if stack is None:
        stack = review(backend, stack_name, tags)

    old = stack.template_dict.get("Resources", {}) if kind == "UPDATE" else {}
    names = set(parameters) | set(stack.parameters)
    changed = {key for key in names if parameters.get(key) != stack.parameters.get(key)}
    tags_changed = kind == "UPDATE" and tags != stack.tags
    physical = {key: state.physical for key, state in stack.__dict__.get("states", {}).items()}
    change_set = ChangeSet(
        id=generate_changeset_id(name, backend.region_name, backend.account_id),
        name=name,
        stack=stack,
        kind=kind,
        text=text,
        template=template,
        parameters=parameters,
        tags=tags,
        capabilities=capabilities,
        description=self._get_param("Description"),
        created=utcnow(),
        changes=differences.changes(old, template["Resources"], changed, tags_changed, physical),
        status="CREATE_COMPLETE",
        execution_status="AVAILABLE",
        reason=None,
        polls=int(tags.get("testaws:polls") or 0),
    )
    if kind == "UPDATE" and not tags_changed and not changed and same(template, stack.template_dict):
        change_set.status, change_set.execution_status, change_set.reason = "FAILED", "UNAVAILABLE", NO_CHANGE
    backend.change_sets[change_set.id] = change_set
    return ActionResult({"Id": change_set.id, "StackId": stack.stack_id})


def same(one, other):
    """Whether CloudFormation would see no change between the templates."""
    keys = set(one) | set(other)
    return all(one.get(key) == other.get(key) for key in keys - {"Description", "Metadata"})


def check_status(stack, stack_name, name, kind):
    if kind == "CREATE":
        if stack is not None and stack.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(message="Stack [{}] already exists and cannot be created again with the changeSet "
                                  "[{}].".format(stack_name, name))
        return
    if stack is None:
        raise ValidationError(message="Stack [{}] does not exist".format(stack_name))
    refused = ("CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED")
    if stack.status in refused or stack.status.endswith("_IN_PROGRESS"):
        message = "Stack:{} is in {} state and can not be updated.".format(stack.stack_id, stack.status)
        raise ValidationError(message=message)


def body(self, stack):
    text, url = self._get_param("TemplateBody"), self._get_param("TemplateURL")
    if self._get_bool_param("UsePreviousTemplate", False) and stack is not None:
        return stack.template
    if not text and not url:
        raise ValidationError(message="Either Template URL or Template Body must be specified.")
    if url:
        return self._get_stack_from_s3_url(url)
    if len(text.encode("utf-8")) > BODY_LIMIT:
        raise ValidationError(
            message="1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
            "Member must have length less than or equal to {}".format(BODY_LIMIT)
        )
    return text


def parameter_values(listed, stack):
    values = {}
    for parameter in listed:
        key = parameter["ParameterKey"]
        if parameter.get("UsePreviousValue"):
            values[key] = stack.parameters[key]
        else:
            values[key] = parameter.get("ParameterValue", "")
    return values


def review(backend, name, tags):
    stack = models.Stack(
        stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
        name=name,
        template={},
        parameters={},
        account_id=backend.account_id,
        region_name=backend.region_name,
        tags=dict(tags),
    )
    backend.stacks[stack.stack_id] = stack
    Engine(stack).stack_event("REVIEW_IN_PROGRESS", "User Initiated")
    return stack


def find(self):
    name, stack = self._get_param("ChangeSetName"), self._get_param("StackName")
    backend = self.cloudformation_backend
    for change_set in backend.change_sets.values():
        of_stack = stack in (change_set.stack.name, change_set.stack.stack_id)
        if change_set.id == name or change_set.name == name and of_stack:
            return change_set
    if stack and find_stack(backend, stack) is None:
        raise ValidationError(message="Stack [{}] does not exist".format(stack))
    raise NotFound("ChangeSet [{}] does not exist".format(name))


def describe(self):
    return ActionResult(find(self).details())


def delete(self):
    try:
        change_set = find(self)
    except NotFound:
        return EmptyResult()  # as CloudFormation has it
    del self.cloudformation_backend.change_sets[change_set.id]
    return EmptyResult()


def listing(self):
    stack = find_stack(self.cloudformation_backend, self._get_param("StackName"))
    if stack is None:
        raise ValidationError(message="Stack [{}] does not exist".format(self._get_param("StackName")))
    # Executed change sets can be described, but are no longer listed.
    sets = [c.describe() for c in self.cloudformation_backend.change_sets.values()
            if c.stack is stack and not c.execution_status.startswith("EXECUTE_")]
    return ActionResult({"Summaries": sets})


def install():
    cls = responses.CloudFormationResponse
    cls.create_change_set, cls.describe_change_set = create, describe
    cls.delete_change_set, cls.list_change_sets = delete, listing
