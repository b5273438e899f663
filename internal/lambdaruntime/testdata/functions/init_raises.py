raise OSError("cannot open library")
