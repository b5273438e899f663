"""A custom resource: the active set of receipt rules, to which the stack adds its own rules.

An account has at most one active set. The resource uses that set. If no set is active, the resource creates one, whose
name is the physical ID, and activates it.
"""

ATTEMPTS = 8


def identify(event):
    return "{}-{}".format(stack_name(event)[:51], mark(event))


def apply(event):
    own = identify(event)
    return patiently(lambda ses: {"RuleSetName": active(ses) or activate(ses, own)})


def remove(event):
    patiently(lambda ses: discard(ses, event["PhysicalResourceId"]))


def patiently(work):
    """Calls work, and again while the role's policy, which may be new, has not taken effect."""
    ses = client("ses")
    for attempt in range(ATTEMPTS):
        try:
            return work(ses)
        except ClientError as error:  # noqa: F821
            if not code(error).startswith("AccessDenied") or attempt == ATTEMPTS - 1:
                raise
        time.sleep(min(attempt + 1, 4))


def active(ses):
    """The name of the active set, or None."""
    return (ses.describe_active_receipt_rule_set().get("Metadata") or {}).get("Name")


def activate(ses, own):
    print("no set of receipt rules is active: creating and activating {}".format(own))
    try:
        ses.create_receipt_rule_set(RuleSetName=own)
    except ClientError as error:  # noqa: F821
        if code(error) != "AlreadyExists":
            raise
    ses.set_active_receipt_rule_set(RuleSetName=own)
    now = active(ses)
    if now and now != own:
        discard(ses, own)  # another stack has activated its set at the same time
        return now
    return own


def discard(ses, own):
    """Deletes the set that the resource has created, if any, unless others have rules in it."""
    try:
        rules = ses.describe_receipt_rule_set(RuleSetName=own).get("Rules")
    except ClientError as error:  # noqa: F821
        if code(error) != "RuleSetDoesNotExist":
            raise
        return
    if rules:
        print("set {} is left as it is: others have rules in it".format(own))
        return
    if active(ses) == own:
        ses.set_active_receipt_rule_set()
    ses.delete_receipt_rule_set(RuleSetName=own)
