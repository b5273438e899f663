package lambdaruntime

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// environment returns the variables of the process, which begin with those of the caller. Later ones take precedence.
func (o Options) environment(caller []string, runtimeAPI, clientDir string) []string {
	env := append(caller,
		"LANG="+utf8Locale,
		"TZ=:UTC",
		"LAMBDA_TASK_ROOT="+o.Dir,
		"_HANDLER="+o.Handler,
		"AWS_LAMBDA_RUNTIME_API="+runtimeAPI,
		"AWS_LAMBDA_FUNCTION_NAME="+o.FunctionName,
		"AWS_LAMBDA_FUNCTION_VERSION="+o.FunctionVersion,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE="+strconv.Itoa(o.MemorySize),
		"AWS_LAMBDA_INITIALIZATION_TYPE="+o.initializationType(),
	)
	if !o.SnapStart { // with SnapStart, Lambda does not say where the logs go
		day := time.Now().UTC().Format("2006/01/02")
		env = append(env,
			"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/"+o.FunctionName,
			fmt.Sprintf("AWS_LAMBDA_LOG_STREAM_NAME=%s/[%s]%032x", day, o.FunctionVersion, os.Getpid()))
	}
	region := o.Region()
	env = append(env, "AWS_REGION="+region, "AWS_DEFAULT_REGION="+region)
	if len(o.Command) == 0 {
		env = append(env,
			"AWS_EXECUTION_ENV=AWS_Lambda_python"+o.Python.Version,
			// Lambda's task root is read-only; compiled files would end up in the package that is deployed.
			"PYTHONDONTWRITEBYTECODE=1")
	}
	var path []string
	if o.Layer != "" {
		path = append(path, o.Layer)
	}
	if o.usesOwnClient() { // also for processes that the function starts, as on Lambda
		path = append(path, clientDir)
		env = append(env, "LAMBDA_RUNTIME_DIR="+clientDir)
	}
	if len(path) > 0 {
		env = append(env, "PYTHONPATH="+strings.Join(path, string(os.PathListSeparator)))
	}
	return append(env, o.Env...)
}

func (o Options) initializationType() string {
	if o.SnapStart {
		return "snap-start"
	}
	return "on-demand"
}

// Region returns the region of the function's configuration, or else the caller's, or else us-east-1.
func (o Options) Region() string {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		for _, variable := range o.Env {
			if value, ok := strings.CutPrefix(variable, name+"="); ok && value != "" {
				return value
			}
		}
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return "us-east-1"
}

// arn returns the function's ARN as the runtime and the function see it.
func (o Options) arn() string {
	return or(o.FunctionARN, "arn:aws:lambda:"+o.Region()+":123456789012:function:"+o.FunctionName)
}
