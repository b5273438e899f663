"""Updates a stack's resources from one template to another, with events, and rolls back if that fails.

Tags of the stack that begin with testaws: control a test:

    testaws:polls       the number of requests about the stack until each resource, or a change set, is complete
    testaws:fail        comma-separated logical IDs or types whose creation or update fails
    testaws:reason      the reason of such a failure
    testaws:norollback  comma-separated logical IDs that cannot be rolled back, or deleted with their stack
"""

import copy
import threading
import uuid

from moto.cloudformation import models, parsing
from moto.core.utils import utcnow

from .differences import TAGGED, recreates
from .references import order

SETTING = "testaws:"


class Failed(Exception):
    """A resource could not be changed to match the template."""

    def __init__(self, names):
        super(Failed, self).__init__("The following resource(s) failed: [{}]. ".format(", ".join(names)))
        self.names = names


class Polls(object):
    """Counts the requests about a stack. They are its clock: operations wait for a number of them."""

    def __init__(self):
        self.count, self.changed = 0, threading.Condition()

    def add(self):
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def wait(self, more):
        with self.changed:
            end = self.count + more
            self.changed.wait_for(lambda: self.count >= end)


def polls(stack):
    return stack.__dict__.setdefault("polls", Polls())


class State(object):
    """The state of one resource."""

    def __init__(self, kind):
        self.kind, self.physical, self.status, self.reason, self.at = kind, "", "", None, utcnow()
        self.resource = None  # moto's
        self.resolved = None  # properties as last applied; None while they are unknown
        self.retain = self.retain_once_kept = False


class Engine(object):
    def __init__(self, stack, token=None):
        self.stack, self.token, self.skip = stack, token, ()
        self.states = stack.__dict__.setdefault("states", {})
        self.leftovers = []  # (name, state) that a success deletes
        self.created = []  # the states of what this operation has created

    def setting(self, name):
        return self.stack.tags.get(SETTING + name, "")

    def names(self, setting):
        return {name.strip() for name in self.setting(setting).split(",") if name.strip()}

    # --- events

    def stack_event(self, status, reason=None):
        self.stack.status = status
        self.stack.stack_status_reason = reason
        self.stack._add_stack_event(status, resource_status_reason=reason)
        self.stack.events[-1].client_request_token = self.token

    def event(self, name, state, status, reason=None):
        state.status, state.reason, state.at = status, reason, utcnow()
        stack = self.stack
        event = models.Event(stack.stack_id, stack.name, name, state.physical, state.kind, status, reason, None)
        event.client_request_token = self.token
        self.stack.events.append(event)

    # --- one resource

    def properties(self, resource):
        """The resolved properties of resource, with the stack's tags if its type has tags."""
        found = parsing.clean_json(copy.deepcopy(resource.get("Properties") or {}), self.stack.resource_map)
        if resource["Type"] in TAGGED:
            tags = {key: value for key, value in self.stack.tags.items() if not key.startswith(SETTING)}
            own = found.get("Tags") or []
            tags.update((tag["Key"], tag["Value"]) for tag in own)
            if tags:
                found["Tags"] = [{"Key": key, "Value": tags[key]} for key in sorted(tags)]
        return found

    def trouble(self, name, kind, rolling_back):
        polls(self.stack).wait(int(self.setting("polls") or 0))
        if rolling_back:
            if name in self.names("norollback"):
                raise RuntimeError("a tag of the stack says that {} cannot be rolled back".format(name))
        elif self.names("fail") & {name, kind}:
            raise RuntimeError(self.setting("reason") or "a tag of the stack says that {} fails".format(name))

    def create(self, name, resource, resolved, rolling_back=False):
        rm, state = self.stack.resource_map, State(resource["Type"])
        replaced = self.states.get(name)
        self.states[name] = state
        self.event(name, state, "CREATE_IN_PROGRESS")
        try:
            self.trouble(name, state.kind, rolling_back)
            if parsing.resource_class_from_type(state.kind) is None:
                raise RuntimeError("the stand-in has no {}".format(state.kind))
            ready = dict(resource, Properties=copy.deepcopy(resolved))
            ready.pop("Condition", None)
            made = parsing.parse_and_create_resource(name, ready, rm, rm._account_id, rm._region_name)
        except Exception as error:
            if replaced is not None:
                self.states[name] = replaced
            self.event(name, state, "CREATE_FAILED", handler_message(error))
            raise Failed([name])
        self.keep(name, state, made, resource, resolved)
        self.created.append(state)
        self.event(name, state, "CREATE_COMPLETE")

    def keep(self, name, state, made, resource, resolved):
        state.resource, state.resolved = made, resolved
        state.physical = str(getattr(made, "physical_resource_id", None) or "")
        state.retain = resource.get("DeletionPolicy") == "Retain"
        state.retain_once_kept = resource.get("DeletionPolicy") == "RetainExceptOnCreate"
        self.stack.resource_map._parsed_resources[name] = made

    def update(self, name, resource, resolved, rolling_back=False):
        rm, state = self.stack.resource_map, self.states[name]
        before, state.resolved = state.resolved, None
        changed = {key for key in set(before or {}) | set(resolved) if (before or {}).get(key) != resolved.get(key)}
        cls = parsing.resource_class_from_type(resource["Type"])
        in_place = not hasattr(cls.update_from_cloudformation_json, "__isabstractmethod__")
        if state.kind != resource["Type"] or not in_place or any(recreates(state.kind, key) for key in changed):
            state.resolved = before
            self.event(name, state, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical "
                       "resource; hence creating one.")
            old = state
            self.create(name, resource, resolved, rolling_back)
            self.leftovers.append((name, old))
            self.event(name, self.states[name], "UPDATE_COMPLETE")
            return
        self.event(name, state, "UPDATE_IN_PROGRESS")
        try:
            self.trouble(name, state.kind, rolling_back)
            ready = dict(resource, Properties=copy.deepcopy(resolved))
            made = parsing.parse_and_update_resource(name, ready, rm, rm._account_id, rm._region_name)
        except Exception as error:
            self.event(name, state, "UPDATE_FAILED", handler_message(error))
            raise Failed([name])
        self.keep(name, state, made, resource, resolved)
        self.event(name, state, "UPDATE_COMPLETE")

    def delete(self, name, state, current):
        """Deletes the resource that state describes. It is the current one of that name if current is true."""
        rm = self.stack.resource_map
        if state.retain or state.retain_once_kept and state not in self.created:
            self.event(name, state, "DELETE_SKIPPED")
        elif state.resource is not None:
            self.event(name, state, "DELETE_IN_PROGRESS")
            try:
                self.trouble(name, state.kind, rolling_back=True)
                rm._delete_resource(state.resource, {"Type": state.kind, "Properties": state.resolved or {}})
            except Exception as error:
                self.event(name, state, "DELETE_FAILED", handler_message(error))
                raise Failed([name])
            self.event(name, state, "DELETE_COMPLETE")
        if current:
            self.states.pop(name, None)
            rm._parsed_resources.pop(name, None)

    # --- the whole stack

    def load(self, template, parameters):
        rm = self.stack.resource_map
        rm._template, rm._resource_json_map = template, template["Resources"]
        rm.input_parameters, rm.resolved_parameters = parameters, {}
        rm.load_mapping()
        rm.load_parameters()
        rm.load_conditions()

    def apply(self, template, parameters, rolling_back=False):
        """Creates and updates the template's resources, then deletes those that it no longer has. Raises Failed."""
        self.load(template, parameters)
        rm, resources = self.stack.resource_map, template["Resources"]
        wanted = [name for name in order(resources)
                  if "Condition" not in resources[name] or rm.lazy_condition_map[resources[name]["Condition"]]]
        for position, name in enumerate(wanted):
            if name in self.skip:
                continue
            try:
                resolved = self.properties(resources[name])
                if name not in self.states:
                    self.create(name, resources[name], resolved, rolling_back)
                elif self.states[name].resolved != resolved or self.states[name].kind != resources[name]["Type"]:
                    self.update(name, resources[name], resolved, rolling_back)
            except Failed as failure:
                raise Failed(failure.names + self.cancel(wanted[position + 1:], resources))
            except Exception as error:
                state = self.states.setdefault(name, State(resources[name]["Type"]))
                verb = "UPDATE" if state.physical else "CREATE"
                self.event(name, state, verb + "_FAILED", message(error))
                raise Failed([name])
        for name in [name for name in self.states if name not in wanted]:
            self.leftovers.append((name, self.states[name]))

    def cancel(self, waiting, resources):
        """CloudFormation works on several resources at once, and cancels the others when one fails."""
        for name in waiting[:1]:
            if name not in self.states:
                state = State(resources[name]["Type"])
                self.event(name, state, "CREATE_FAILED", "Resource creation cancelled")
                return [name]
        return []

    def clean(self):
        """Deletes what is not needed after a success. A failure to do so is not one of the stack."""
        for name, state in reversed(self.leftovers):
            try:
                self.delete(name, state, current=self.states.get(name) is state)
            except Failed:
                pass
        self.leftovers = []

    def delete_all(self, retain=()):
        """Deletes every resource, in reverse order. Raises Failed with those that could not be deleted."""
        failed = []
        for name in reversed(list(self.states)):
            state = self.states[name]
            state.retain = state.retain or name in retain
            try:
                self.delete(name, state, current=True)
            except Failed:
                failed.append(name)
        if failed:
            raise Failed(failed)


def run(engine, work):
    """Calls work at once, or in a thread if the stack's tags ask for polls."""
    if engine.setting("polls"):
        threading.Thread(target=work, daemon=True).start()
    else:
        work()


def message(error):
    return str(getattr(error, "message", None) or getattr(error, "description", None) or error)


def handler_message(error):
    return 'Resource handler returned message: "{}" (RequestToken: {}, HandlerErrorCode: InvalidRequest)'.format(
        message(error), uuid.uuid4())
