from awslambdaric.lambda_runtime_exception import FaultException

print("initializing")
raise FaultException("main.ConfigError", "config missing", ['  File "main.go", line 7, in main.init\n'])
