"""Tests the notifications of a bucket that others configure, too."""
import types
import unittest

import running
import standin

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"
THEIRS = {"Id": "theirs", "LambdaFunctionArn": FUNCTION + "theirs", "Events": ["s3:ObjectRemoved:*"]}


def properties(*notifications, **more):
    return dict({"Bucket": "arn:aws:s3:::uploads", "Notifications": list(notifications)}, **more)


def notification(name, *events, **key):
    return dict({"Name": name, "Function": FUNCTION + name, "Events": list(events or ["s3:ObjectCreated:*"])}, **key)


class Notifications(standin.TestCase):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3")
        self.s3.create_bucket(Bucket="uploads")
        self.put([THEIRS])
        self.module = running.load("notifications")
        self.module["time"] = types.SimpleNamespace(sleep=lambda seconds: None)

    def put(self, functions):
        self.s3.put_bucket_notification_configuration(
            Bucket="uploads", NotificationConfiguration={"LambdaFunctionConfigurations": functions})

    def found(self):
        found = self.s3.get_bucket_notification_configuration(Bucket="uploads")
        return sorted(one["LambdaFunctionArn"].rsplit(":", 1)[1] for one in
                      found.get("LambdaFunctionConfigurations", []))

    def ask(self, *arguments, **more):
        return running.ask(self.module, *arguments, **more)

    def test_create_update_and_delete(self):
        first = properties(notification("a", Prefix="a/"), notification("b", Prefix="b/", Suffix=".jpg"))
        answer = self.ask("Create", first)
        self.assertEqual((answer["Status"], self.found()), ("SUCCESS", ["a", "b", "theirs"]), answer)
        self.assertEqual(self.ask("Create", first), answer, "repeating the request changed the answer")
        second = properties(notification("c"))
        again = self.ask("Update", second, answer["PhysicalResourceId"], OldResourceProperties=first)
        self.assertEqual((again["Status"], self.found()), ("SUCCESS", ["c", "theirs"]), again)
        self.assertEqual(again["PhysicalResourceId"], answer["PhysicalResourceId"])
        for _ in range(2):
            gone = self.ask("Delete", second, answer["PhysicalResourceId"])
            self.assertEqual((gone["Status"], self.found()), ("SUCCESS", ["theirs"]), gone)

    def test_another_resource_of_the_stack_and_another_stack(self):
        self.ask("Create", properties(notification("a", Prefix="a/")), logical="One")
        other = self.ask("Create", properties(notification("b", Prefix="b/")), logical="OneToo")
        stack = running.STACK.replace("shop/6", "shop/7")
        self.ask("Create", properties(notification("c", Prefix="c/")), StackId=stack)
        self.assertEqual(self.found(), ["a", "b", "c", "theirs"])
        self.ask("Delete", properties(), other["PhysicalResourceId"], logical="OneToo")
        self.assertEqual(self.found(), ["a", "c", "theirs"])

    def test_a_bucket_that_is_gone(self):
        answer = self.ask("Create", properties(notification("a"), Bucket="uploads"))
        self.s3.delete_bucket(Bucket="uploads")
        self.assertEqual(self.ask("Delete", properties(), answer["PhysicalResourceId"])["Status"], "SUCCESS")
        answer = self.ask("Create", properties(notification("a")))
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("NoSuchBucket", answer["Reason"])

    def test_another_bucket_is_another_resource(self):
        self.s3.create_bucket(Bucket="others")
        first = self.ask("Create", properties(notification("a")))
        second = self.ask("Update", properties(notification("a"), Bucket="others"), first["PhysicalResourceId"])
        self.assertNotEqual(second["PhysicalResourceId"], first["PhysicalResourceId"])
        self.ask("Delete", properties(), first["PhysicalResourceId"])
        self.assertEqual(self.found(), ["theirs"])

    def test_bad_input(self):
        for bucket in ("", None, "arn:aws:s3:::uploads/images", "arn:aws:s3:us-east-1:1:accesspoint/a"):
            answer = self.ask("Create", properties(notification("a"), Bucket=bucket))
            self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("FAILED", "nothing-was-created"))
            self.assertIn("is not a bucket", answer["Reason"])

    def test_an_overlap_is_explained(self):
        cases = {
            "the same event": (notification("a", "s3:ObjectRemoved:*"), True),
            "one of several": (notification("a", "s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"), True),
            "a prefix of all keys": (notification("a", "s3:ObjectRemoved:Delete", Prefix="x/"), True),
            "another event": (notification("a", "s3:ObjectTagging:Delete"), False),
        }
        for name, (wanted, overlaps) in cases.items():
            with self.subTest(name):
                answer = self.ask("Create", properties(wanted))
                self.assertEqual(answer["Status"], "FAILED" if overlaps else "SUCCESS", answer)
                if overlaps:
                    self.assertIn("(configuration theirs), and S3 allows only one destination", answer["Reason"])

    def test_overlaps_of_keys(self):
        def one(prefix, suffix):
            rules = [{"Name": "Prefix", "Value": prefix}, {"Name": "suffix", "Value": suffix}]
            return {"Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": rules}}}
        overlap = self.module["overlap"]
        self.assertTrue(overlap(one("a/", ""), one("a/b/", "")))
        self.assertTrue(overlap(one("a/", ".jpg"), one("a/b/", "")))
        self.assertFalse(overlap(one("a/", ""), one("b/", "")))
        self.assertFalse(overlap(one("a/", ".jpg"), one("a/", ".png")))

    def test_another_stack_writes_at_the_same_time(self):
        original, module = self.module["client"], self.module

        def client(service):
            made = original(service)
            put = made.put_bucket_notification_configuration
            calls = []

            def overwritten(**arguments):
                put(**arguments)
                if not calls:
                    self.put([THEIRS, dict(THEIRS, Id="late", Events=["s3:ObjectTagging:*"])])
                calls.append(arguments)
            made.put_bucket_notification_configuration = overwritten
            return made
        module["client"] = client
        answer = self.ask("Create", properties(notification("a")))
        self.assertEqual((answer["Status"], self.found()), ("SUCCESS", ["a", "theirs", "theirs"]), answer)


if __name__ == "__main__":
    unittest.main()
