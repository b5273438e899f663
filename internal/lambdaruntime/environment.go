package lambdaruntime

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// callerEnvironment returns those of the caller's variables that reach the function.
func callerEnvironment() []string {
	var env []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if reachesFunction(strings.ToUpper(name)) {
			env = append(env, variable)
		}
	}
	return env
}

// reachesFunction tells whether a function sees the caller's variable: AWS_* (credentials, profile, region,
// endpoints) without what only Lambda sets, and what programs need to start, to find their files and to reach
// the network. Anything else would let a function work here that fails on Lambda.
func reachesFunction(name string) bool {
	switch name {
	case "PATH", "HOME", "USER", "TMPDIR", "TMP", "TEMP",
		"LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
		"SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
		"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "LOCALAPPDATA", "APPDATA":
		return true
	case "AWS_EXECUTION_ENV":
		return false
	}
	return strings.HasPrefix(name, "AWS_") && !strings.HasPrefix(name, "AWS_LAMBDA_")
}

// environment returns the variables of the process, of which later ones win.
func (o Options) environment(runtimeAPI, clientDir string) []string {
	env := append(callerEnvironment(),
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
		env = append(env,
			"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/"+o.FunctionName,
			fmt.Sprintf("AWS_LAMBDA_LOG_STREAM_NAME=%s/[%s]%032x", time.Now().UTC().Format("2006/01/02"), o.FunctionVersion, os.Getpid()))
	}
	region := o.region()
	env = append(env, "AWS_REGION="+region, "AWS_DEFAULT_REGION="+region)
	if len(o.Command) == 0 {
		env = append(env,
			"AWS_EXECUTION_ENV=AWS_Lambda_python"+o.Python.Version,
			// Lambda's task root is read-only; compiled files would end up in the package that is deployed.
			"PYTHONDONTWRITEBYTECODE=1")
	}
	if o.usesOwnClient() { // on the path of what the function starts too, as on Lambda
		env = append(env, "LAMBDA_RUNTIME_DIR="+clientDir, "PYTHONPATH="+clientDir)
	}
	return append(env, o.Env...)
}

func (o Options) initializationType() string {
	if o.SnapStart {
		return "snap-start"
	}
	return "on-demand"
}

// region is the one of the function's configuration, else the caller's, else us-east-1.
func (o Options) region() string {
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

// arn is the function's, as the runtime and the function see it.
func (o Options) arn() string {
	return or(o.FunctionARN, "arn:aws:lambda:"+o.region()+":123456789012:function:"+o.FunctionName)
}
