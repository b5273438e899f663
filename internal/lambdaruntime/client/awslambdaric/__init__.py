"""A small stand-in for AWS's Python runtime client, with the same hooks in the same modules.

It differs in that it sends no telemetry frames, polls on the main thread, serves one invocation at a time
(AWS_LAMBDA_MAX_CONCURRENCY is not looked at), and ends the lines of an error's log with line feeds. Where
simplejson is missing, the standard library's json takes its place; then named tuples become arrays.
"""

__version__ = "sparta"
