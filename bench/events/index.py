"""What bench/apps/events does, in Python: one handler for each type of event."""


def proxy(event, context):
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": event["body"]}


http = proxy


def queue(event, context):
    failed = [record["messageId"] for record in event["Records"] if not record["body"]]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}


def objects(event, context):
    return [record["s3"]["object"]["key"] for record in event["Records"]]
