"""The site of an application of the original Sparta: its own function, a Go program with an old AWS SDK, cannot be told
to use the stand-in. What it does to the bucket is done here."""

import io
import json
import zipfile

from moto.s3.models import s3_backends

MANIFEST = "MANIFEST.json"


def is_archive(function):
    return "SPARTA_CUSTOM_RESOURCE_TYPE" in function.environment_vars


def publish(event, account_id):
    """Copies the archive to the bucket, or empties that, and returns the answer."""
    store = s3_backends[account_id]["aws"]
    properties = event["ResourceProperties"]
    bucket = properties["DestBucket"]
    if event["RequestType"] == "Delete":
        for key in list(store.get_bucket(bucket).keys):
            store.delete_object(bucket, key)
    else:
        archive = store.get_object(properties["SrcBucket"], properties["SrcKeyName"])
        with zipfile.ZipFile(io.BytesIO(archive.value)) as files:
            for name in files.namelist():
                if not name.endswith("/"):
                    store.put_object(bucket, name, files.read(name))
        store.put_object(bucket, MANIFEST, json.dumps(properties["Manifest"]).encode("utf-8"))
    return dict({name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}, Status="SUCCESS",
                PhysicalResourceId=event.get("PhysicalResourceId", "site"))
