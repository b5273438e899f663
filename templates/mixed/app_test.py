"""Tests of python/app.py with the Go functions as they are built: `go tool mage test`."""
import json
import pathlib
import unittest

import app

EXAMPLE = pathlib.Path(__file__).parent / "events" / "example.json"


class HandleTest(unittest.TestCase):
    def test_the_example(self):
        event = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        self.assertEqual(app.handle(event, None), {"count": 3, "mean": 3})

    def test_nothing(self):
        self.assertEqual(app.handle({"text": ""}, None), {"problem": "there are no values"})


if __name__ == "__main__":
    unittest.main()
