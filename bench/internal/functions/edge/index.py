"""Does what examples/edgeexisting does: it sends requests for images to a bucket near the viewer."""

BUCKETS = {"DE": "images-eu-central-1", "FR": "images-eu-central-1", "JP": "images-ap-northeast-1"}


def handler(event, context):
    request = event["Records"][0]["cf"]["request"]
    country = request["headers"].get("cloudfront-viewer-country", [{"value": ""}])[0]["value"]
    bucket = BUCKETS.get(country)
    if bucket is None or not request["uri"].startswith("/images/"):
        return request
    if request["uri"].endswith("/"):
        return {
            "status": "403", "body": "Folders are not listed.\n", "bodyEncoding": "text",
            "headers": {"content-type": [{"key": "Content-Type", "value": "text/plain; charset=utf-8"}]},
        }
    region = bucket[len("images-"):]
    domain = "{}.s3.{}.amazonaws.com".format(bucket, region)
    request["origin"] = {"s3": {
        "authMethod": "none", "customHeaders": {}, "domainName": domain, "path": "", "region": region,
    }}
    request["headers"]["host"] = [{"key": "Host", "value": domain}]
    return request
