"""A custom resource: what a bucket notifies functions of.

It keeps the notifications that others have configured for the bucket. Those of the resource have IDs that begin with
the stack's name and with what identifies the resource.
"""

ATTEMPTS = 8
EVENTUAL = ("AccessDenied", "OperationAborted")  # errors that roles and buckets have for a while after a change
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
        raise ValueError("{!r} is not a bucket: the SourceArn of an S3Permission must be the ARN of a bucket, which "
                         "has its name after three colons".format(name))
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
            # The bucket has been replaced by another one, which is the one that the role is for now.
            print("bucket {} is left as it is: {}".format(bucket, error))
            return
        raise


def configurations(event):
    """The notifications of the resource, as S3's API has them."""
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
            # Another's destination that no longer exists is no reason to keep ours.
            s3.put_bucket_notification_configuration(
                NotificationConfiguration=found, SkipDestinationValidation=not wanted, **known)
            problem = None  # the next attempt reads it back: another stack may have written at the same time
        except ClientError as error:  # noqa: F821
            if code(error) not in EVENTUAL and "Unable to validate" not in str(error):
                raise
            problem = error
    raise problem or ValueError("the notifications of bucket {} change all the time: something else changes them at "
                                "the same time; try again".format(bucket))


def same(some, others):
    return sorted(map(comparable, some)) == sorted(map(comparable, others))


def comparable(one):
    return [one["Id"], one["LambdaFunctionArn"], sorted(one["Events"]), key(one, "prefix"), key(one, "suffix")]


def key(one, part):
    rules = one.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return "".join(rule["Value"] for rule in rules if rule["Name"].lower() == part)


def check(bucket, found, wanted):
    """Raises an error if S3 would have two destinations for one event, which it refuses without saying which."""
    for kind in ("LambdaFunctionConfigurations", "QueueConfigurations", "TopicConfigurations"):
        for other in found.get(kind) or []:
            for one in wanted:
                if overlap(one, other):
                    raise ValueError(
                        "bucket {} cannot notify {} of {}, because it notifies {} of {} (configuration {}), and S3 "
                        "has one destination for each event: use other events, or another prefix or suffix in the "
                        "Filter of the S3Permission, or remove that configuration".format(
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
