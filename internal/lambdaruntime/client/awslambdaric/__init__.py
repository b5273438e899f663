"""A small stand-in for AWS's Python runtime client, with the same hooks in the same modules.

It differs from it in these points: it sends no telemetry frames, polls on the main thread, ignores
AWS_LAMBDA_MAX_CONCURRENCY (it serves one invocation at a time), and separates the lines of an error's log by line
feeds. Without simplejson it uses the standard library's json, and named tuples become arrays.
"""

__version__ = "sparta"
