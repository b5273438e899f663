"""Entry of the runtime client: python -m awslambdaric module.function"""

import os
import sys

from . import bootstrap


def main(args):
    if len(args) < 2:
        sys.exit("usage: %s module.function" % args[0])
    bootstrap.run(os.getcwd(), args[1], os.environ["AWS_LAMBDA_RUNTIME_API"])


if __name__ == "__main__":
    main(sys.argv)
