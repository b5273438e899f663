"""A custom resource: the notifications that a bucket sends to functions.

It keeps the notifications that others have configured for the bucket. The IDs of its own notifications begin with the
stack's name and a mark that identifies the resource.
"""

ATTEMPTS = 8
EVENTUAL = ("AccessDenied", "OperationAborted")  # errors that pass some time after a role or a bucket has changed
ARNS = ("LambdaFunctionArn", "QueueArn", "TopicArn")


def identify(event):
    return bucket_name(event["ResourceProperties"]) + "/" + prefix(event)


def prefix(event):
    return "{}_{}_".format(stack_name(event), mark(event))


def bucket_name(properties):
    name = properties.get("Bucket")
    if isinstance(name, str) and ":::" in name:
        name = name.split(":::", 1)[1]
    if not isinstance(name, str) or not name or "/" in name or ":" in name:
        raise ValueError("{!r} is not a bucket: the SourceArn of an S3Permission must be the ARN of a bucket, "
                         "for example arn:aws:s3:::uploads".format(name))
    return name


def apply(event):
    properties = event["ResourceProperties"]
    change(bucket_name(properties), properties.get("Account"), prefix(event), configurations(event))
    return {}


def remove(event):
    bucket, _, own = event["PhysicalResourceId"].partition("/")
    properties = event.get("ResourceProperties") or {}
    try:
        change(bucket, properties.get("Account"), own, [])
    except ClientError as error:  # noqa: F821
        if code(error) == "NoSuchBucket":
            return
        if code(error) == "AccessDenied" and properties.get("OfStack") == "true":
            # The bucket has been replaced, and the role's policy is now for the new one.
            print("bucket {} is left as it is: {}".format(bucket, error))
            return
        raise


def configurations(event):
    """Returns the resource's notifications in the form of S3's API."""
    found = []
    for wanted in event["ResourceProperties"]["Notifications"]:
        rules = [{"Name": name.lower(), "Value": wanted[name]} for name in ("Prefix", "Suffix") if wanted.get(name)]
        one = {
            "Id": prefix(event) + wanted["Name"], "LambdaFunctionArn": wanted["Function"],
            "Events": sorted(wanted["Events"]),
        }
        if rules:
            one["Filter"] = {"Key": {"FilterRules": rules}}
        found.append(one)
    return found


def change(bucket, account, own, wanted):
    """Replaces the bucket's notifications whose IDs begin with own, and no others."""
    s3 = client("s3")
    known = {"Bucket": bucket}
    if account:
        known["ExpectedBucketOwner"] = account
    problem = None
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(min(attempt, 4))
        try:
            found = s3.get_bucket_notification_configuration(**known)
            found.pop("ResponseMetadata", None)
            functions = found.get("LambdaFunctionConfigurations") or []
            ours = [one for one in functions if one["Id"].startswith(own)]
            if same(ours, wanted):
                return
            found["LambdaFunctionConfigurations"] = [one for one in functions if one not in ours]
            check(bucket, found, wanted)
            found["LambdaFunctionConfigurations"] += wanted
            # A deletion must not fail because the destination of somebody else's notification no longer exists.
            s3.put_bucket_notification_configuration(
                NotificationConfiguration=found, SkipDestinationValidation=not wanted, **known)
            problem = None  # the next attempt reads it back: another stack may have written at the same time
        except ClientError as error:  # noqa: F821
            if code(error) not in EVENTUAL and "Unable to validate" not in str(error):
                raise
            problem = error
    raise problem or ValueError("the notifications of bucket {} could not be set, because something else keeps "
                                "changing them: try again later".format(bucket))


def same(some, others):
    return sorted(map(comparable, some)) == sorted(map(comparable, others))


def comparable(one):
    return [one["Id"], one["LambdaFunctionArn"], sorted(one["Events"]), key(one, "prefix"), key(one, "suffix")]


def key(one, part):
    rules = one.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return "".join(rule["Value"] for rule in rules if rule["Name"].lower() == part)


def check(bucket, found, wanted):
    """Raises an error if an event would have two destinations: S3 refuses that without naming them."""
    for kind in ("LambdaFunctionConfigurations", "QueueConfigurations", "TopicConfigurations"):
        for other in found.get(kind) or []:
            for one in wanted:
                if overlap(one, other):
                    raise ValueError(
                        "bucket {} cannot notify {} of {}, because it already notifies {} of {} (configuration {}), "
                        "and S3 allows only one destination for an event: use other events, or another prefix or "
                        "suffix in the Filter of the S3Permission, or remove that configuration".format(
                            bucket, destination(one), words(one), destination(other), words(other), other["Id"]))


def destination(one):
    return [one[arn] for arn in ARNS if arn in one][0]


def words(one):
    return "{} of keys {}*{}".format(", ".join(one["Events"]), key(one, "prefix"), key(one, "suffix"))


def overlap(one, other):
    return (
        any(matches(a, b) or matches(b, a) for a in one["Events"] for b in other["Events"])
        and either(str.startswith, key(one, "prefix"), key(other, "prefix"))
        and either(str.endswith, key(one, "suffix"), key(other, "suffix"))
    )


def either(test, one, other):
    return test(one, other) or test(other, one)


def matches(pattern, name):
    return pattern == name or pattern.endswith("*") and name.startswith(pattern[:-1])
