"""Executes change sets, and rolls a stack back if that fails."""

from moto.cloudformation import responses
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.core.responses import EmptyResult
from moto.core.utils import utcnow

from .changesets import find
from .engine import Engine, Failed, run
from .stacks import find_stack, outputs


class InvalidStatus(CloudFormationError):
    __module__ = CloudFormationError.__module__
    code = "InvalidChangeSetStatus"


def execute(self):
    change_set, backend = find(self), self.cloudformation_backend
    if change_set.describe()["ExecutionStatus"] != "AVAILABLE":
        raise InvalidStatus("ChangeSet [{}] cannot be executed in its current status of [{}]".format(
            change_set.id, change_set.status))
    stack = change_set.stack
    for other in [c for c in backend.change_sets.values() if c.stack is stack and c is not change_set]:
        del backend.change_sets[other.id]
    engine = Engine(stack, self._get_param("ClientRequestToken"))
    old = (stack.template_dict, stack.parameters, stack.tags)
    stack.tags, stack.capabilities = dict(change_set.tags), change_set.capabilities
    stack.resource_map.cross_stack_resources = backend.exports
    stack.change_set_id, stack.last_updated_time = change_set.id, utcnow()
    change_set.execution_status = "EXECUTE_IN_PROGRESS"
    engine.stack_event(change_set.kind + "_IN_PROGRESS", "User Initiated")
    run(engine, lambda: perform(engine, backend, change_set, old))
    return EmptyResult()


def perform(engine, backend, change_set, old):
    stack, kind = engine.stack, change_set.kind
    try:
        engine.apply(change_set.template, change_set.parameters)
        stack.template, stack.parameters = change_set.text, change_set.parameters
        stack.template_dict, stack.description = change_set.template, change_set.template.get("Description")
        outputs(backend, stack)
    except Exception as error:
        change_set.execution_status = "EXECUTE_FAILED"
        if kind == "CREATE":
            roll_back_creation(engine, error)
        else:
            roll_back_update(engine, error, old)
        return
    if kind == "UPDATE" and engine.leftovers:
        engine.stack_event("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        engine.clean()
    change_set.execution_status = "EXECUTE_COMPLETE"
    engine.stack_event(kind + "_COMPLETE")


def roll_back_creation(engine, error):
    engine.stack_event("ROLLBACK_IN_PROGRESS", "{}Rollback requested by user.".format(error))
    engine.leftovers = []
    try:
        engine.delete_all()
        engine.stack_event("ROLLBACK_COMPLETE")
    except Failed as failure:
        engine.stack_event("ROLLBACK_FAILED", str(failure))


def roll_back_update(engine, error, old):
    engine.stack_event("UPDATE_ROLLBACK_IN_PROGRESS", str(error))
    engine.stack.old = old
    resume_roll_back(engine)


def resume_roll_back(engine):
    stack = engine.stack
    template, parameters, tags = stack.old
    engine.leftovers = []
    try:
        engine.apply(template, parameters, rolling_back=True)
        engine.stack_event("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        engine.clean()
    except Failed as failure:
        engine.stack_event("UPDATE_ROLLBACK_FAILED", str(failure))
        return
    stack.tags = tags
    engine.stack_event("UPDATE_ROLLBACK_COMPLETE")


def continue_update_rollback(self):
    stack = find_stack(self.cloudformation_backend, self._get_param("StackName"))
    if stack is None or stack.status != "UPDATE_ROLLBACK_FAILED":
        raise ValidationError(message="Stack:{} is in {} state and can not be rolled back.".format(
            stack and stack.stack_id, stack and stack.status))
    engine = Engine(stack, self._get_param("ClientRequestToken"))
    engine.skip = self._get_param("ResourcesToSkip") or []
    unknown = sorted(set(engine.skip) - {n for n, s in engine.states.items() if s.status == "UPDATE_FAILED"})
    if unknown:
        raise ValidationError(message="The following resources to skip in rollback are not in UPDATE_FAILED state: "
                              "[{}]".format(", ".join(unknown)))
    engine.stack_event("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
    run(engine, lambda: resume_roll_back(engine))
    return EmptyResult()


def install():
    cls = responses.CloudFormationResponse
    cls.execute_change_set, cls.continue_update_rollback = execute, continue_update_rollback
