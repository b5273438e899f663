"""Tests of app.py with the Go function as it is built, in AWS's local runner: `go tool mage test`."""
import json
import unittest

from aws_durable_execution_sdk_python.execution import InvocationStatus
from aws_durable_execution_sdk_python_testing.runner import DurableFunctionTestRunner

import app


def run(event):
    with DurableFunctionTestRunner(handler=app.handle) as runner:
        return runner.run(input=json.dumps(event), timeout=60)


class HandleTest(unittest.TestCase):
    def test_steps_in_go(self):
        items = [{"name": "tea", "cents": 310, "count": 2}, {"name": "cup", "cents": 445, "count": 1}]
        result = run({"order": "A1", "items": items, "wait": 1})
        self.assertIs(result.status, InvocationStatus.SUCCEEDED)
        self.assertEqual(json.loads(result.result), {"order": "A1", "charged": "10.65"})
        self.assertEqual(result.get_step("price").attempt, 1)  # although the handler has run twice

    def test_an_error_of_go_fails_the_execution(self):
        result = run({"order": "A2", "items": []})
        self.assertIs(result.status, InvocationStatus.FAILED)
        self.assertIn("order A2 has no items", str(result.error))


if __name__ == "__main__":
    unittest.main()
