"""Tests the custom resource that fills and empties a bucket."""
import hashlib
import io
import json
import types
import unittest
import zipfile
from unittest import mock

import running
import standin


class Contents(standin.TestCase):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3")
        for bucket in ("site", "other"):
            self.s3.create_bucket(Bucket=bucket)
            self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
            for _ in range(2):
                self.s3.put_object(Bucket=bucket, Key="index.html", Body=b"text")
        self.module = running.load("contents")
        self.module["time"] = types.SimpleNamespace(sleep=lambda seconds: None)

    def count(self, bucket):
        found = self.s3.list_object_versions(Bucket=bucket)
        return len(found.get("Versions", [])) + len(found.get("DeleteMarkers", []))

    def ask(self, *arguments, **more):
        return running.ask(self.module, *arguments, **more)

    def test_only_a_deletion_empties_the_bucket(self):
        answer = self.ask("Create", {"Bucket": "site"})
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("SUCCESS", "site"))
        self.assertEqual(self.ask("Update", {"Bucket": "site"}, "site")["PhysicalResourceId"], "site")
        self.assertEqual(self.count("site"), 2)
        self.s3.delete_object(Bucket="site", Key="index.html")
        for _ in range(2):
            self.assertEqual(self.ask("Delete", {"Bucket": "site"}, "site")["Status"], "SUCCESS")
            self.assertEqual((self.count("site"), self.count("other")), (0, 2))

    def test_a_new_bucket_replaces_the_old_one(self):
        self.assertEqual(self.ask("Update", {"Bucket": "other"}, "site")["PhysicalResourceId"], "other")
        self.ask("Delete", {"Bucket": "site"}, "site")
        self.assertEqual((self.count("site"), self.count("other")), (0, 2))

    def test_more_objects_than_a_page_has(self):
        for i in range(1005):
            self.s3.put_object(Bucket="site", Key="%04d" % i, Body=b"")
        self.ask("Delete", {"Bucket": "site"}, "site")
        self.assertEqual(self.count("site"), 0)

    def test_a_bucket_that_does_not_exist_is_empty(self):
        self.assertEqual(self.ask("Delete", {"Bucket": "missing"}, "missing")["Status"], "SUCCESS")

    def test_an_object_that_cannot_be_deleted_is_named(self):
        s3 = mock.Mock()
        s3.list_object_versions.return_value = {"Versions": [{"Key": "a", "VersionId": "1"}]}
        s3.delete_objects.return_value = {"Errors": [{"Key": "a", "Code": "AccessDenied", "Message": "Access Denied"}]}
        self.module["client"] = lambda service: s3
        answer = self.ask("Delete", {"Bucket": "site"}, "site")
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("a cannot be deleted from bucket site: Access Denied (AccessDenied)", answer["Reason"])

    def archive(self, files):
        """Stores an archive with a record of its files, and returns the properties that name it."""
        entries, text = {}, io.BytesIO()
        with zipfile.ZipFile(text, "w") as archive:
            for key, body in files.items():
                archive.writestr(key, body)
                kind = "text/html; charset=utf-8" if key.endswith(".html") else "image/png"
                entries[key] = {"md5": hashlib.md5(body).hexdigest(), "contentType": kind, "cacheControl": "no-cache"}
            archive.writestr(".sparta/site.json", json.dumps(entries))
        self.s3.create_bucket(Bucket="artifacts")
        self.s3.put_object(Bucket="artifacts", Key="site.zip", Body=text.getvalue())
        return {
            "Bucket": "empty", "SourceBucket": "artifacts", "SourceKey": "site.zip", "Distribution": "E1",
            "Manifest": '{"APIGatewayURL": {"Value": {"sparta:value": "/url"}}, "userdata": {"count": 1}}',
            "Values": {"/url": "https://api"},
        }

    def keys(self):
        return [one["Key"] for one in self.s3.list_objects_v2(Bucket="empty").get("Contents", [])]

    def test_an_archive_is_published_and_changed(self):
        self.s3.create_bucket(Bucket="empty")
        front, real, uploads = mock.Mock(), self.module["client"], []

        def client(service):
            if service == "cloudfront":
                return front
            made = real(service)
            made.meta.events.register("before-call.s3.PutObject", lambda params, **_: uploads.append(
                params["url_path"].lstrip("/").replace("empty/", "")))
            return made

        self.module["client"] = client
        first = self.archive({"index.html": b"<p>", "a b.png": b"png", "old.png": b"old"})
        answer = self.ask("Create", first)
        self.assertEqual(answer["Status"], "SUCCESS", answer)
        self.assertEqual(self.keys(), [".sparta/site.json", "MANIFEST.json", "a b.png", "index.html", "old.png"])
        manifest = json.loads(self.s3.get_object(Bucket="empty", Key="MANIFEST.json")["Body"].read())
        self.assertEqual(manifest, {"APIGatewayURL": {"Value": "https://api"}, "userdata": {"count": 1}})
        head = self.s3.head_object(Bucket="empty", Key="index.html")
        self.assertEqual((head["ContentType"], head["CacheControl"]), ("text/html; charset=utf-8", "no-cache"))
        self.assertEqual(len(uploads), 5)
        front.create_invalidation.assert_not_called()

        del uploads[:]
        self.ask("Update", first, "empty")
        self.assertEqual(uploads, [".sparta/site.json"])
        front.create_invalidation.assert_not_called()

        del uploads[:]
        self.ask("Update", self.archive({"index.html": b"<p>2", "a b.png": b"png"}), "empty")
        self.assertEqual(uploads, ["index.html", ".sparta/site.json"])
        self.assertEqual(self.keys(), [".sparta/site.json", "MANIFEST.json", "a b.png", "index.html"])
        batch = front.create_invalidation.call_args[1]["InvalidationBatch"]
        self.assertEqual(batch["Paths"], {"Quantity": 1, "Items": ["/*"]})

    def test_only_placeholders_in_the_manifest_are_replaced(self):
        manifest = self.module["manifest_of"]({
            "Manifest": json.dumps({
                "url": {"sparta:value": "api/URL"},
                "userdata": [
                    {"sparta:value": ["api/URL"]}, {"sparta:value": [{"sparta:value": [1]}]},
                    {"sparta:value": [{"sparta:value": "/2/sparta:value/0"}]}, {"sparta:value": 1, "b": 2},
                ]}),
            "Values": {"api/URL": "https://api", "/2/sparta:value/0": "bucket"},
        })
        self.assertEqual(json.loads(manifest.decode()), {
            "url": "https://api",
            "userdata": [
                {"sparta:value": "api/URL"}, {"sparta:value": {"sparta:value": 1}}, {"sparta:value": "bucket"},
                {"sparta:value": 1, "b": 2},
            ]})

    def test_an_archive_that_does_not_exist_fails(self):
        self.s3.create_bucket(Bucket="empty")
        properties = dict(self.archive({"index.html": b""}), SourceKey="missing.zip")
        answer = self.ask("Create", properties)
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("404", answer["Reason"])


if __name__ == "__main__":
    unittest.main()
