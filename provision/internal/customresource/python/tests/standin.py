"""What tests that ask AWS have in common."""
import os
import unittest
from unittest import mock

try:
    import boto3
    from moto import mock_aws
except ImportError:
    boto3 = None


@unittest.skipIf(boto3 is None, "boto3 or moto is missing")
class TestCase(unittest.TestCase):
    """A test with an empty account in us-east-1, which moto simulates."""

    def setUp(self):
        region = mock.patch.dict(os.environ, AWS_DEFAULT_REGION="us-east-1")
        region.start()
        self.addCleanup(region.stop)
        account = mock_aws()
        account.start()
        self.addCleanup(account.stop)

    @staticmethod
    def client(service):
        return boto3.client(service)
