"""Runs the unit tests of one folder: python3 unittests.py FOLDER.

Writes the results to stdout as one JSON object, and everything else to stderr.
The tests may import modules of their own folder and of the one above it.
"""
import json
import os
import sys
import unittest

folder = os.path.abspath(sys.argv[1])
sys.path[0:1] = [folder, os.path.dirname(folder)]
results, sys.stdout = sys.stdout, sys.stderr

suite = unittest.defaultTestLoader.discover(folder)
result = unittest.TextTestRunner(stream=sys.stderr, verbosity=2).run(suite)
failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
counts = {
    "passed": max(0, result.testsRun - failed - len(result.skipped)),
    "failed": failed,
    "skipped": [[test.id(), why] for test, why in result.skipped],
}
json.dump(counts, results)
results.flush()
sys.exit(0 if result.wasSuccessful() and result.testsRun + len(result.skipped) > 0 else 1)
