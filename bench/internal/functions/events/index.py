"""What bench/apps/work does, in Python: one handler for each type of event, and some for work that takes a while."""
import hashlib
import json
import re
import zlib
from base64 import b64decode


def proxy(event, context):
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": event["body"]}


http = proxy


def failures(identifiers):
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in identifiers]}


def queue(event, context):
    return failures(
        record["messageId"]
        for record in event["Records"]
        if not record["body"] or record["attributes"]["ApproximateReceiveCount"] == "9"
    )


def stream(event, context):
    records = (record["kinesis"] for record in event["Records"])
    return failures(
        record["sequenceNumber"] for record in records if not b64decode(record["data"]) or not record["partitionKey"]
    )


def table(event, context):
    return failures(
        record["dynamodb"]["SequenceNumber"]
        for record in event["Records"]
        if record["eventName"] == "INSERT" and record["dynamodb"]["NewImage"]["total"]["N"] == "0"
    )


def objects(event, context):
    return [record["s3"]["object"]["key"] for record in event["Records"]]


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
