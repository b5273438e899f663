"""Starts AWS's own runtime client as Lambda does: python start.py module.function [folder of a layer]"""

import os
import sys

if __name__ == "__main__":  # a process of multiprocessing imports this file, and must not take events
    layer = [folder for folder in sys.argv[2:] if folder in sys.path]
    # The client imports Python's own modules, even if the function or its layer has modules of these names.
    sys.path[:] = [folder for folder in sys.path[1:] if folder not in layer]
    from awslambdaric.__main__ import main

    sys.path[:0] = [os.environ["LAMBDA_TASK_ROOT"]] + layer

    main(sys.argv[:2])
