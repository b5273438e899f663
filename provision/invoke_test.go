package provision

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

// answering is Lambda with one answer.
type answering struct {
	output *lambda.InvokeOutput
	err    error
	input  *lambda.InvokeInput
}

func (a *answering) Invoke(
	_ context.Context, in *lambda.InvokeInput, _ ...func(*lambda.Options),
) (*lambda.InvokeOutput, error) {
	a.input = in
	return a.output, a.err
}

func TestInvoke(t *testing.T) {
	tail := aws.String(base64.StdEncoding.EncodeToString([]byte("START\nEND\n")))
	tests := map[string]struct {
		answer answering
		stdout string
		stderr string
		err    string
	}{
		"only the response is on stdout": {
			answer: answering{output: &lambda.InvokeOutput{Payload: []byte(`"Hello"`)}},
			stdout: `"Hello"` + "\n",
		},
		"the end of the log is on stderr": {
			answer: answering{output: &lambda.InvokeOutput{Payload: []byte("{}\n"), LogResult: tail}},
			stdout: "{}\n",
			stderr: "START\nEND\n",
		},
		"a function's failure is its document, on stderr": {
			answer: answering{
				output: &lambda.InvokeOutput{
					Payload:       []byte(`{"errorType":"E"}`),
					FunctionError: aws.String("Unhandled"),
					LogResult:     tail,
				},
			},
			stderr: "START\nEND\n{\"errorType\":\"E\"}\n",
			err:    "invoke svc-a: the function failed",
		},
		"a function that does not exist": {
			answer: answering{err: refusal(404, "ResourceNotFoundException", "Function not found: arn")},
			err: "invoke svc-a: the function does not exist in AWS: provision the service first, " +
				"or check the stack's name and the region",
		},
		"a caller without the permission": {
			answer: answering{err: refusal(403, "AccessDeniedException", "no")},
			err: "invoke svc-a: lambda:InvokeFunction is denied to the caller: AccessDeniedException: no " +
				"(request request-1): allow it in the policy of that user or role, and check that no permissions " +
				"boundary or service control policy denies it",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			options := InvokeOptions{Stdout: &stdout, Stderr: &stderr}
			i := invoker{Caller: connection.Caller{Log: orSilent(nil)}, api: &test.answer}
			err := i.run(t.Context(), "svc-a", "live", []byte(`{"a":1}`), options)
			if test.err == "" && err != nil || test.err != "" && (err == nil || err.Error() != test.err) {
				t.Errorf("error is %v\n    want %s", err, test.err)
			}
			if errors.Is(err, ErrFunction) != (test.answer.output != nil && test.answer.output.FunctionError != nil) {
				t.Errorf("error %v", err)
			}
			if stdout.String() != test.stdout || stderr.String() != test.stderr {
				t.Errorf("stdout is %q, stderr is %q", &stdout, &stderr)
			}
			in := test.answer.input
			if string(in.Payload) != `{"a":1}` || *in.Qualifier != "live" || in.LogType != "Tail" {
				t.Errorf("input is %v", in)
			}
		})
	}
}

// A function may have run although AWS answers with an error, and must not run
// again for one event. Of a request that is throttled nothing has run.
func TestAFunctionIsNotRunTwice(t *testing.T) {
	tests := map[string]struct {
		status int
		code   string
		want   int64 // requests
	}{
		"AWS fails":     {http.StatusInternalServerError, "ServiceException", 1},
		"AWS throttles": {http.StatusTooManyRequests, "TooManyRequestsException", 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testaws.ClearEnvironment(t)
			testaws.SetCredentials(t)
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if requests.Add(1) == 1 {
					w.Header().Set("X-Amzn-Errortype", test.code)
					w.WriteHeader(test.status)
				}
			}))
			defer server.Close()
			t.Setenv("AWS_REGION", "eu-west-1")
			t.Setenv("AWS_ENDPOINT_URL", server.URL)
			service := Service{
				Name:      "Hello",
				Functions: []*sparta.LambdaAWSInfo{newInfo(t, "a", sparta.IAMRoleDefinition{})},
			}
			err := Invoke(t.Context(), service, InvokeOptions{Invoke: commandline.Invoke{Event: "{}"}})
			if got := requests.Load(); got != test.want || (err == nil) != (test.want == 2) {
				t.Errorf("%d requests, want %d (error: %v)", got, test.want, err)
			}
		})
	}
}

func TestChoose(t *testing.T) {
	a, b := newInfo(t, "a", sparta.IAMRoleDefinition{}), newInfo(t, "b", sparta.IAMRoleDefinition{})
	tests := map[string]struct {
		functions []*sparta.LambdaAWSInfo
		name      string
		want      *sparta.LambdaAWSInfo
		err       string
	}{
		"the only one needs no name": {[]*sparta.LambdaAWSInfo{a}, "", a, ""},
		"by name":                    {[]*sparta.LambdaAWSInfo{a, b}, "b", b, ""},
		"several, and no name": {
			[]*sparta.LambdaAWSInfo{a, b},
			"",
			nil,
			"there are several functions: choose one with --function: a, b",
		},
		"an unknown name": {[]*sparta.LambdaAWSInfo{a}, "c", nil, `no function "c": choose one of a`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := choose(test.functions, test.name)
			if got != test.want || (err == nil) != (test.err == "") ||
				err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("chosen is %v (error: %v)", got, err)
			}
		})
	}
}
