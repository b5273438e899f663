"""A custom resource: the objects in a bucket of the stack, all of which are deleted before the bucket is.

If its properties name an archive, it publishes the archive's files in the bucket, as a deployment by hand does: with
the headers in the archive's record, and with a manifest.
"""

import concurrent.futures
import tempfile
import uuid
import zipfile

ATTEMPTS = 8
RECORD = ".sparta/site.json"
MANIFEST = "MANIFEST.json"


def identify(event):
    return event["ResourceProperties"]["Bucket"]


def apply(event):
    properties = event["ResourceProperties"]
    if "SourceKey" in properties:
        patiently(lambda s3: publish(s3, properties))
    return {}


def remove(event):
    bucket = event["PhysicalResourceId"]
    try:
        patiently(lambda s3: empty(s3, bucket))
    except ClientError as error:  # noqa: F821
        if code(error) != "NoSuchBucket":  # noqa: F821
            raise


def patiently(work):
    """Calls work, and again while the role's policy, which may be new, has not taken effect."""
    s3 = client("s3")  # noqa: F821
    for attempt in range(ATTEMPTS):
        try:
            return work(s3)
        except ClientError as error:  # noqa: F821
            if code(error) not in ("AccessDenied", "403") or attempt == ATTEMPTS - 1:  # noqa: F821
                raise
        time.sleep(min(attempt + 1, 4))  # noqa: F821


def publish(s3, properties):
    bucket = properties["Bucket"]
    with tempfile.TemporaryFile() as file:
        s3.download_fileobj(properties["SourceBucket"], properties["SourceKey"], file)
        with zipfile.ZipFile(file) as archive:
            wanted = json.loads(archive.read(RECORD).decode("utf-8"))  # noqa: F821
            manifest = manifest_of(properties)
            wanted[MANIFEST] = {
                "md5": hashlib.md5(manifest).hexdigest(), "contentType": "application/json",  # noqa: F821
                "cacheControl": "no-cache",
            }
            found = objects(s3, bucket)
            before = published(s3, bucket) if RECORD in found else {}
            changed = [key for key in sorted(wanted) if found.get(key) != wanted[key]["md5"]
                       or RECORD in found and before.get(key) != wanted[key]]

            def upload(key):
                headers = wanted[key]
                s3.put_object(
                    Bucket=bucket, Key=key, Body=manifest if key == MANIFEST else archive.read(key),
                    ContentType=headers["contentType"], CacheControl=headers["cacheControl"])

            # Pages come last, so that no visitor gets one before what it refers to.
            for pages in (False, True):
                some = [key for key in changed if wanted[key]["contentType"].startswith("text/html") == pages]
                with concurrent.futures.ThreadPoolExecutor(4) as pool:
                    list(pool.map(upload, some))
    old = sorted(set(found) - set(wanted) - {RECORD})
    delete(s3, bucket, [{"Key": key} for key in old])
    stale = changed or old or set(before) - set(wanted)
    if found and stale and properties.get("Distribution"):
        client("cloudfront").create_invalidation(  # noqa: F821
            DistributionId=properties["Distribution"], InvalidationBatch={
                "Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "sparta-" + str(uuid.uuid4())})
    s3.put_object(Bucket=bucket, Key=RECORD, Body=json.dumps(wanted, sort_keys=True).encode("utf-8"),  # noqa: F821
                  ContentType="application/json", CacheControl="no-store")
    print("bucket {}: uploaded {}, deleted {} of {} files".format(bucket, len(changed), len(old), len(wanted)))


def manifest_of(properties):
    """The manifest, in which CloudFormation's values replace the paths where they belong."""
    values = properties.get("Values", {})

    def resolve(one):
        if list(one) != ["sparta:value"]:
            return one
        path = one["sparta:value"]
        # A list is around the value of an object of the user's that only looks like one of these.
        return {"sparta:value": path[0]} if isinstance(path, list) else values[path]

    return (json.dumps(json.loads(properties["Manifest"], object_hook=resolve),  # noqa: F821
                       indent=2, sort_keys=True) + "\n").encode("utf-8")


def objects(s3, bucket):
    """The ETags of the objects in the bucket, by their keys: MD5 sums."""
    found = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        found.update((one["Key"], one["ETag"].strip('"')) for one in page.get("Contents", []))
    return found


def published(s3, bucket):
    """What was published last; nothing if that cannot be read."""
    text = s3.get_object(Bucket=bucket, Key=RECORD)["Body"].read()
    try:
        return json.loads(text.decode("utf-8"))  # noqa: F821
    except ValueError:
        return {}


def empty(s3, bucket):
    deleted = 0
    while True:
        page = s3.list_object_versions(Bucket=bucket)
        found = page.get("Versions", []) + page.get("DeleteMarkers", [])
        if not found:
            print("deleted {} object versions from bucket {}".format(deleted, bucket))
            return
        delete(s3, bucket, [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found])
        deleted += len(found)


def delete(s3, bucket, unwanted):
    for start in range(0, len(unwanted), 1000):
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": unwanted[start:start + 1000], "Quiet": True})
        for error in answer.get("Errors", []):
            raise ValueError("{} cannot be deleted from bucket {}: {} ({})".format(
                error.get("Key"), bucket, error.get("Message"), error.get("Code")))
