"""A custom resource: the set of receipt rules in which SES looks for the stack's rules.

An account has one active set. The resource is the one that is active. Only where none is, it creates one of its own,
whose name is the physical ID, and activates it.
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
    """Calls work again while the role's policy, which may be new, does not allow it."""
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
    print("no set of receipt rules is active: {} is created and activated".format(own))
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
    """Deletes the set that the resource has created, unless it has not created one, or others have rules in it."""
    try:
        rules = ses.describe_receipt_rule_set(RuleSetName=own).get("Rules")
    except ClientError as error:  # noqa: F821
        if code(error) != "RuleSetDoesNotExist":
            raise
        return
    if rules:
        print("set {} is left as it is: it has rules of others".format(own))
        return
    if active(ses) == own:
        ses.set_active_receipt_rule_set()
    ses.delete_receipt_rule_set(RuleSetName=own)
