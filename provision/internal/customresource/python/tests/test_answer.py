"""Tests that CloudFormation gets an answer, whatever happens."""
import os
import threading
import unittest
from unittest import mock

try:
    import boto3  # noqa: F401
except ImportError:
    boto3 = None

import running


@unittest.skipIf(boto3 is None, "boto3 is missing")
class Answers(unittest.TestCase):
    def setUp(self):
        self.module = running.load("notifications")
        self.module.update(identify=lambda event: "identity", apply=lambda event: {"Name": "value"},
                           remove=lambda event: None)

    def test_success(self):
        answer = running.ask(self.module, "Create", {})
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"], answer["Data"]),
                         ("SUCCESS", "identity", {"Name": "value"}))

    def test_an_exception_is_the_reason(self):
        def apply(event):
            raise ValueError("no such thing")
        self.module["apply"] = apply
        answer = running.ask(self.module, "Create", {})
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("FAILED", "identity"))
        self.assertEqual(answer["Reason"], "no such thing (log group /aws/lambda/shop-SpartaTested)")

    def test_a_failed_update_keeps_the_identity(self):
        self.module["apply"] = lambda event: 1 / 0
        answer = running.ask(self.module, "Update", {}, "earlier")
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("FAILED", "earlier"))
        self.assertIn("ZeroDivisionError", answer["Reason"])

    def test_a_long_reason_fits(self):
        def apply(event):
            raise ValueError("x" * 10000)
        self.module["apply"] = apply
        self.assertLess(len(running.ask(self.module, "Create", {})["Reason"]), 2000)

    def test_an_unknown_request_type(self):
        answer = running.ask(self.module, "Repair", {})
        self.assertEqual(answer["Status"], "FAILED")
        self.assertIn("'Repair' is unknown", answer["Reason"])

    def test_bad_input_is_not_deleted_later(self):
        def identify(event):
            raise ValueError("bad input")
        deleted = []
        self.module.update(identify=identify, remove=deleted.append)
        answer = running.ask(self.module, "Create", {})
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("FAILED", "nothing-was-created"))
        answer = running.ask(self.module, "Delete", {}, answer["PhysicalResourceId"])
        self.assertEqual((answer["Status"], deleted), ("SUCCESS", []))

    def test_an_imminent_timeout(self):
        calls, finished = [], threading.Event()

        def apply(event):
            try:
                self.module["current"].late.wait(30)
                self.module["client"]("s3").list_buckets()
                calls.append("made")
            finally:
                finished.set()
        self.module["apply"], self.module["MARGIN"] = apply, 59.9
        with mock.patch.dict(os.environ, AWS_DEFAULT_REGION="us-east-1"):
            answer = running.ask(self.module, "Create", {})
            self.assertTrue(finished.wait(30))
        self.assertEqual((answer["Status"], answer["PhysicalResourceId"]), ("FAILED", "identity"))
        self.assertIn("timeout", answer["Reason"])
        self.assertEqual(calls, [], "a call was made after the answer")

    def test_the_answer_is_sent_again(self):
        self.assertEqual(running.ask(self.module, "Create", {}, refusals=1)["Status"], "SUCCESS")

    def test_an_answer_that_does_not_arrive_shows_no_url(self):
        event = {"RequestType": "Delete", "PhysicalResourceId": "a", "StackId": running.STACK, "RequestId": "b",
                 "LogicalResourceId": "c", "ResponseURL": "canary://x"}
        with self.assertRaises(RuntimeError) as caught:
            self.module["handler"](event, running.Context(1))
        self.assertNotIn("canary", str(caught.exception))

    def test_an_event_from_something_else(self):
        for event in (None, [], {"RequestType": "Create"}):
            with self.assertRaises(ValueError):
                self.module["handler"](event, running.Context())


if __name__ == "__main__":
    unittest.main()
