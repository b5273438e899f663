"""Starts the runtime client that lies beside this file: python bootstrap.py module.function"""

import os
import sys

# The client is compiled once and for all; the function's folder must stay as it is.
keep_as_is = sys.dont_write_bytecode
sys.dont_write_bytecode = False
from awslambdaric.__main__ import main  # noqa: E402
sys.dont_write_bytecode = keep_as_is

# Last, so that the real snapshot_restore_py wins wherever it is installed.
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "standin"))

main(sys.argv)
