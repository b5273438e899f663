"""What bench/apps/work does, in Python: one handler for each type of event, and some for work that takes a while."""
import hashlib
import json
import re
import zlib
from base64 import b64decode

HEADERS = {"content-type": "application/json"}


def proxy(event, context):
    return respond(event["httpMethod"], event["path"], event["body"])


def http(event, context):
    return respond(event["requestContext"]["http"]["method"], event["rawPath"], event["body"])


def respond(method, path, body):
    status = 404 if path != "/orders" else 405 if method != "POST" else 200
    return {"statusCode": status, "headers": HEADERS, "body": body if status == 200 else ""}


def failures(identifiers):
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in identifiers]}


def queue(event, context):
    return failures(
        record["messageId"]
        for record in event["Records"]
        if not record["body"]
        or record["attributes"]["ApproximateReceiveCount"] == "9"
        or not record["eventSourceARN"].endswith(":orders")
    )


def stream(event, context):
    return failures(
        record["kinesis"]["sequenceNumber"]
        for record in event["Records"]
        if not b64decode(record["kinesis"]["data"])
        or not record["kinesis"]["partitionKey"]
        or not record["eventSourceARN"].endswith("/orders")
    )


def table(event, context):
    def is_paid(image):
        return image["total"]["N"] != "0" and image["paid"]["BOOL"]

    return failures(
        record["dynamodb"]["SequenceNumber"]
        for record in event["Records"]
        if record["eventName"] != "INSERT" or not is_paid(record["dynamodb"]["NewImage"])
    )


def objects(event, context):
    records = (record["s3"] for record in event["Records"])
    return [
        "s3://{}/{}".format(record["bucket"]["name"], record["object"]["key"])
        for record in records
        if record["object"]["size"] > 0
    ]


def origin(event, context):
    request = event["Records"][0]["cf"]["request"]
    country = request["headers"].get("cloudfront-viewer-country", [{"value": ""}])[0]["value"]
    if request["method"] == "GET" and request["uri"].startswith("/images/") and country == "DE":
        request["uri"] = "/de" + request["uri"]
    return request


LINE = "2026-11-27T10:15:00Z INFO request=42 user=ada@example.com took 17 ms, answered 200\n"
RECORD = '{"id":1,"name":"café","tags":["a","b"],"price":9.75,"paid":true},'
TEXT = (LINE * 12800)[: 1 << 20]
DOCUMENTS = "[" + RECORD * 15500 + '{"id":2,"name":"","tags":[],"price":0,"paid":false}]'
MAIL = re.compile(r"[a-z]+@[a-z]+\.com")


def each(do):
    def handler(event, context):
        result = None
        for _ in range(event["times"]):
            result = do()
        return result

    return handler


def transform_documents():
    documents = json.loads(DOCUMENTS)
    for document in documents:
        document["price"] *= 2
        document["tags"].append("c")
    encoded = json.dumps(documents)
    return len(documents) if len(encoded) >= len(DOCUMENTS) else 0


def compress():
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    packed = packer.compress(TEXT.encode()) + packer.flush()
    return len(packed) < len(TEXT) // 20


sha256 = each(lambda: hashlib.sha256(TEXT.encode()).hexdigest())
gzip = each(compress)
transform = each(transform_documents)
regexp = each(lambda: sum(1 for _ in MAIL.finditer(TEXT)))
