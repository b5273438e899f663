"""Starts the runtime client beside this file: python bootstrap.py module.function [folder of a layer]"""

import os
import sys

if __name__ == "__main__":  # a process of multiprocessing imports this file, and must not take events
    layer = [folder for folder in sys.argv[2:] if folder in sys.path]
    sys.path[:] = [folder for folder in sys.path if folder not in layer]  # see managed/start.py
    # The client's compiled files are kept, but none are written to the function's folder.
    dont_write_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = False
    from awslambdaric.__main__ import main

    sys.dont_write_bytecode = dont_write_bytecode

    # Last, so that the real snapshot_restore_py takes precedence if it is installed.
    sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "standin"))

    sys.path[:0] = layer
    main(sys.argv[:2])
