package lambdaapi_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/lambdaapi"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// cli runs the AWS CLI with the service as its endpoint and returns what it prints, and whether it succeeded.
func (s *service) cli(t *testing.T, args ...string) (output string, ok bool) {
	t.Helper()
	env := map[string]string{
		"PATH": os.Getenv("PATH"), "HOME": t.TempDir(), "AWS_DEFAULT_REGION": "eu-west-1", "AWS_MAX_ATTEMPTS": "1",
		"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret",
	}
	args = append([]string{"lambda", "--endpoint-url", s.URL}, args...)
	stdout, stderr, status, err := testaws.CommandLine(env, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(stdout + stderr), status == 0
}

// TestTheAWSCLI uses the service as people use Lambda.
func TestTheAWSCLI(t *testing.T) {
	testrequire.Need(t, "aws")
	if _, _, _, err := testaws.CommandLine(nil, "--version"); err != nil { // starts a process that remains
		t.Fatal(err)
	}
	s := serve(t, nil)
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return "fileb://" + path
	}
	text := func(size int) string { return `"` + strings.Repeat("x", size-2) + `"` }
	out := filepath.Join(dir, "out.json")
	invoke := func(function string, more ...string) []string {
		return append([]string{"invoke", "--function-name", function, out}, more...)
	}
	hello := string(testfunction.Event{Print: "from the function"}.JSON())
	for name, c := range map[string]struct {
		args     []string
		failed   bool
		output   []string // parts
		response string   // the file's content, unless empty
	}{
		"a response": {
			args: invoke("echo", "--payload", `{"a":1}`, "--query", "[StatusCode,ExecutedVersion]",
				"--output", "text"),
			output: []string{"200\t$LATEST"}, response: `{"a":1}`,
		},
		"the log's tail": {
			args: invoke("echo", "--log-type", "Tail", "--payload", hello, "--query", "LogResult",
				"--output", "text"),
			output: []string{base64.StdEncoding.EncodeToString([]byte("START RequestId: "))[:20]},
		},
		"an error of the function": {
			args:   invoke("echo", "--payload", `{"fail":"no luck"}`, "--query", "FunctionError", "--output", "text"),
			output: []string{"Unhandled"}, response: `{"errorMessage":"no luck","errorType":"errorString"}`,
		},
		"an event that it does not wait for": {
			args:   invoke("echo", "--invocation-type", "Event", "--payload", `{}`),
			output: []string{`"StatusCode": 202`},
		},
		"6 MB": {
			args:   invoke("echo", "--payload", file("6", text(6<<20))),
			output: []string{`"StatusCode": 200`}, response: text(6 << 20),
		},
		"7 MB": {
			args: invoke("echo", "--payload", file("7", text(7_000_000))), failed: true,
			output: []string{"(RequestTooLargeException)", "Request must be smaller than 6291456 bytes"},
		},
		"a function that does not exist": {
			args: invoke("nobody", "--payload", `{}`), failed: true,
			output: []string{"(ResourceNotFoundException)", "function:nobody"},
		},
		"all functions, page by page": {
			args: []string{
				"list-functions", "--page-size", "1", "--query", "Functions[].FunctionName", "--output", "text",
			},
			output: []string{"echo\nbuilding\nthird"},
		},
		"some functions": {
			args: []string{"list-functions", "--max-items", "2"}, output: []string{`"building"`, `"NextToken"`},
		},
		"a function": {
			args:   []string{"get-function", "--function-name", "echo"},
			output: []string{`"Location": "/stage/echo"`, `"Timeout": 60`, `"team": "blue"`},
		},
		"a function by ARN": {
			args: []string{
				"get-function", "--function-name", "arn:aws:lambda:eu-west-1:123456789012:function:echo",
			},
			output: []string{`"FunctionName": "echo"`},
		},
		"a configuration": {
			args:   []string{"get-function-configuration", "--function-name", "echo"},
			output: []string{`"NAME": "value"`, `"MemorySize": 1024`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			output, ok := s.cli(t, c.args...)
			if ok == c.failed {
				t.Errorf("succeeded: %v", ok)
			}
			for _, part := range c.output {
				if !strings.Contains(output, part) {
					t.Errorf("%.2000s\nwant %q", output, part)
				}
			}
			if c.response == "" {
				return
			}
			if got, err := os.ReadFile(out); err != nil || string(got) != c.response {
				t.Errorf("response %.200q (%v), want %.200q", got, err, c.response)
			}
		})
	}
}

// botoScript uses the service as a program does, and prints nothing if all is as it should be.
const botoScript = `
import base64, json, sys
import boto3
from botocore.config import Config

client = boto3.client("lambda", endpoint_url=sys.argv[1], config=Config(retries={"total_max_attempts": 1}))

def check(what, got, want):
    if got != want:
        print("%s: %.300r, want %.300r" % (what, got, want))

def fails(what, exception, **arguments):
    try:
        check(what, client.invoke(**arguments), exception)
    except exception as error:
        return error

answer = client.invoke(FunctionName="echo", Payload=json.dumps({"print": "hello"}), LogType="Tail")
check("status", answer["StatusCode"], 200)
check("version", answer["ExecutedVersion"], "$LATEST")
check("error", answer.get("FunctionError"), None)
check("payload", json.load(answer["Payload"]), {"print": "hello"})
check("log", base64.b64decode(answer["LogResult"]).decode().splitlines()[1], "hello")
check("request", len(answer["ResponseMetadata"]["RequestId"]), 36)

context = base64.b64encode(json.dumps({"custom": {"a": "b"}}).encode()).decode()
answer = client.invoke(FunctionName="echo", Payload='{"about":true}', ClientContext=context, Qualifier="live")
seen = json.load(answer["Payload"])
check("context", seen["Custom"], {"a": "b"})
check("arn", seen["ARN"], "arn:aws:lambda:eu-west-1:123456789012:function:echo:live")

answer = client.invoke(FunctionName="echo", Payload='{"exit":3}')
check("exit", answer["FunctionError"], "Unhandled")
check("exit type", json.load(answer["Payload"])["errorType"], "Runtime.ExitError")
check("no payload", client.invoke(FunctionName="echo")["Payload"].read(), b"{}")

large = json.dumps("x" * (6 * 1024 * 1024 - 2)).encode()
check("6 MB", client.invoke(FunctionName="echo", Payload=large)["Payload"].read(), large)
fails("7 MB", client.exceptions.RequestTooLargeException, FunctionName="echo", Payload=b"x" * 7000000)
fails("JSON", client.exceptions.InvalidRequestContentException, FunctionName="echo", Payload=b"hello")
error = fails("nobody", client.exceptions.ResourceNotFoundException, FunctionName="nobody", Payload=b"{}")
check("nobody", error.response["ResponseMetadata"]["HTTPStatusCode"], 404)
error = fails("busy", client.exceptions.TooManyRequestsException, FunctionName="third", Payload=b"{}")
check("busy", error.response["Reason"], "ConcurrentInvocationLimitExceeded")
check("retry", error.response["ResponseMetadata"]["HTTPHeaders"]["retry-after"], "1")
check("event", client.invoke(FunctionName="echo", InvocationType="Event", Payload=b"{}")["StatusCode"], 202)
check("dry run", client.invoke(FunctionName="echo", InvocationType="DryRun")["StatusCode"], 204)

pages = client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2})
check("pages", [[f["FunctionName"] for f in page["Functions"]] for page in pages], [["echo", "building"], ["third"]])
function = client.get_function(FunctionName="echo")
check("tags", function["Tags"], {"team": "blue"})
configuration = client.get_function_configuration(FunctionName="echo", Qualifier="2")
check("version", configuration["Version"], "2")
check("state", client.get_function_configuration(FunctionName="building")["State"], "Active")
check("versions", len(client.list_versions_by_function(FunctionName="echo")["Versions"]), 3)
check("aliases", client.list_aliases(FunctionName="echo")["Aliases"][0]["Name"], "live")
client.get_waiter("function_active_v2").wait(FunctionName="echo")
`

func TestBoto3(t *testing.T) {
	testrequire.Need(t, "aws") // comes with it
	testaws.ClearEnvironment(t)
	testaws.SetCredentials(t)
	t.Setenv("AWS_DEFAULT_REGION", "eu-west-1")
	s := serve(t, func(_ *sandbox.Config, o *lambdaapi.Options) { o.Invoke = nil })
	output, err := exec.CommandContext(t.Context(), "python3", "-c", botoScript, s.URL).CombinedOutput()
	if err != nil || len(output) > 0 {
		t.Errorf("%v\n%s", err, output)
	}
}
