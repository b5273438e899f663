"""A custom resource: functions that an existing distribution of CloudFront runs at its edge locations.

It changes nothing else of the distribution's configuration, and removes only associations of functions that it has
made. CloudFront does not say who has made an association: it is one's own if it has the same function, in any version.
"""

import xml.etree.ElementTree

ATTEMPTS = 8
EVENTUAL = ("PreconditionFailed", "AccessDenied", "InvalidLambdaFunctionAssociation")  # something else has changed


def identify(event):
    name = event["ResourceProperties"].get("Distribution")
    if not isinstance(name, str) or not name.isalnum():
        raise ValueError("{!r} is not the ID of a distribution: Distribution of an EdgeAssociation must be one, for "
                         "example EDFDVBD6EXAMPLE".format(name))
    return name + "/" + mark(event)


def apply(event):
    before = event.get("OldResourceProperties") or {}
    properties = event["ResourceProperties"]
    old = before.get("Associations", []) if before.get("Distribution") == properties["Distribution"] else []
    wanted = properties["Associations"]
    try:
        change(properties["Distribution"], old, wanted)
    except (ValueError, ClientError) as error:  # noqa: F821
        gone = code(error) == "NoSuchDistribution"
        if (gone or isinstance(error, ValueError)) and goes_back(old, wanted):
            print("the associations are not restored: {}".format(error))
            return {}
        if gone:
            raise ValueError("distribution {} does not exist: use the ID of a distribution of this account, or remove "
                             "the association".format(properties["Distribution"]))
        raise
    return {}


def goes_back(old, wanted):
    """Reports whether a rollback asks for older versions.

    What made an update fail makes its rollback fail, too, and that would block the stack. CloudFormation does not say
    that a request belongs to a rollback.
    """
    changes = [number(one["Function"]) - number(other["Function"]) for one in wanted for other in old
               if same_place(one, other) and function(one["Function"]) == function(other["Function"])]
    return bool(changes) and min(changes) < 0 and max(changes) <= 0


def remove(event):
    distribution = event["PhysicalResourceId"].split("/")[0]
    try:
        change(distribution, (event.get("ResourceProperties") or {}).get("Associations", []), [])
    except ClientError as error:  # noqa: F821
        if code(error) != "NoSuchDistribution":
            raise


def change(distribution, old, wanted):
    """Replaces old associations by the wanted ones."""
    cloudfront = client("cloudfront")
    lost = watch(cloudfront)
    problem = None
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(min(2 * attempt, 8))
        try:
            answer = cloudfront.get_distribution_config(Id=distribution)
            configuration = answer["DistributionConfig"]
            before = json.dumps(configuration, sort_keys=True, default=str)
            for one in old:
                if not any(same_place(one, other) for other in wanted):
                    take_away(configuration, one)
            for one in wanted:
                put(distribution, configuration, one, old)
            if json.dumps(configuration, sort_keys=True, default=str) == before:
                return
            if lost:
                raise ValueError("distribution {} has the setting {}, which the SDK of this function's runtime does "
                                 "not know, so that an update would remove it: change the functions of the "
                                 "distribution where that setting was made".format(distribution, lost[0]))
            cloudfront.update_distribution(Id=distribution, IfMatch=answer["ETag"], DistributionConfig=configuration)
            return
        except ClientError as error:  # noqa: F821
            if code(error) not in EVENTUAL:
                raise
            problem = error
    raise problem


def watch(cloudfront):
    """Returns a list that has the settings of the last configuration that was read which the SDK has not understood."""
    lost = []

    def read(operation_model, response_dict, **_):
        del lost[:]
        if response_dict["status_code"] == 200:
            shape = operation_model.output_shape.members["DistributionConfig"]
            lost.extend(unknown(shape, xml.etree.ElementTree.fromstring(response_dict["body"])))

    cloudfront.meta.events.register("before-parse.cloudfront.GetDistributionConfig", read)
    return lost


def unknown(shape, node):
    """Yields the names of elements that a shape of the SDK does not have."""
    if shape.type_name not in ("structure", "list"):
        return
    members = {} if shape.type_name == "list" else {
        member.serialization.get("name", name): member for name, member in shape.members.items()}
    for child in node:
        name = child.tag.split("}")[-1]
        member = shape.member if shape.type_name == "list" else members.get(name)
        if member is None:
            yield name
            continue
        for inner in unknown(member, child):
            yield name + "." + inner


def pattern_of(association):
    """Returns a path pattern without a slash at its beginning, which CloudFront ignores; empty for the default one."""
    pattern = association.get("PathPattern") or ""
    return pattern[1:] if pattern.startswith("/") and pattern != "/" else pattern


def same_place(one, other):
    return one["EventType"] == other["EventType"] and pattern_of(one) == pattern_of(other)


def behavior_of(configuration, association):
    """Returns the cache behavior that an association belongs to; None if there is no such behavior."""
    if not pattern_of(association):
        return configuration["DefaultCacheBehavior"]
    for behavior in (configuration.get("CacheBehaviors") or {}).get("Items") or []:
        if pattern_of(behavior) == pattern_of(association):
            return behavior
    return None


def function(arn):
    """Returns an ARN without its version."""
    return ":".join(arn.split(":")[:7])


def number(arn):
    """Returns the version in an ARN."""
    return int(arn.split(":")[7])


def items(behavior, name):
    return list((behavior.get(name) or {}).get("Items") or [])


def keep(behavior, associations):
    kept = {"Quantity": len(associations)}
    if associations:
        kept["Items"] = associations
    behavior["LambdaFunctionAssociations"] = kept


def take_away(configuration, association):
    behavior = behavior_of(configuration, association)
    if behavior is None:
        return
    found = items(behavior, "LambdaFunctionAssociations")
    left = [one for one in found if one["EventType"] != association["EventType"] or
            function(one["LambdaFunctionARN"]) != function(association["Function"])]
    if left != found:
        keep(behavior, left)


def put(distribution, configuration, association, old):
    behavior = behavior_of(configuration, association)
    if behavior is None:
        found = [one["PathPattern"] for one in (configuration.get("CacheBehaviors") or {}).get("Items") or []]
        raise ValueError("distribution {} has no cache behavior for the path pattern {!r}: use one of its patterns "
                         "({}), or none for the default behavior".format(
                             distribution, association["PathPattern"], ", ".join(found) or "there are none"))
    kind, version = association["EventType"], association["Function"]
    own = [function(version)] + [function(one["Function"]) for one in old if same_place(one, association)]
    found, left = items(behavior, "LambdaFunctionAssociations"), []
    for one in found:
        if one["EventType"] != kind:
            left.append(one)
        elif function(one["LambdaFunctionARN"]) not in own:
            raise ValueError("distribution {} already runs {} for {} events of this behavior, and CloudFront allows "
                             "only one function: remove that association first".format(
                                 distribution, one["LambdaFunctionARN"], kind))
    for one in items(behavior, "FunctionAssociations"):
        if one["EventType"] == kind or kind.startswith("viewer") and one["EventType"].startswith("viewer"):
            raise ValueError("distribution {} runs the CloudFront Function {} for {} events of this behavior, which "
                             "cannot be combined with Lambda@Edge in {} events: use origin-request or "
                             "origin-response, or remove that association first".format(
                                 distribution, one["FunctionARN"], one["EventType"], kind))
    wanted = {"LambdaFunctionARN": version, "EventType": kind, "IncludeBody": association.get("IncludeBody") == "true"}
    if wanted not in found:
        keep(behavior, left + [wanted])
