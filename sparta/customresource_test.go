package sparta_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/cfn"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/sparta"
)

const customStack = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/6d5b1f70-aaaa-bbbb-cccc-1234567890ab"

// makeThing is a function of custom resources.
func makeThing(context.Context, string, string, map[string]any) (map[string]any, error) {
	return map[string]any{"Name": "thing"}, nil
}

// plainFunction is a function with a role of its own.
func plainFunction(name string) *sparta.LambdaAWSInfo {
	return sparta.HandleAWSLambda(name, func() {}, sparta.IAMRoleDefinition{})
}

// presigned is a server for the URL of an answer.
type presigned struct {
	*httptest.Server
	mu       sync.Mutex
	answers  []cfn.Response
	requests int
}

// newPresigned refuses the first requests.
func newPresigned(t *testing.T, refusals int) *presigned {
	p := &presigned{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPut || r.Header["Content-Type"] != nil {
			t.Errorf("%s with content type %q (error: %v)", r.Method, r.Header["Content-Type"], err)
		}
		if p.requests++; p.requests <= refusals {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		var answer cfn.Response
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Errorf("%v in %s", err, body)
		}
		p.answers = append(p.answers, answer)
	}))
	t.Cleanup(p.Close)
	return p
}

// runnerOf is the handler of the function of a custom resource.
func runnerOf(t *testing.T, function sparta.CustomResourceFunction) lambda.Handler {
	t.Helper()
	info := plainFunction("owner")
	options := &sparta.LambdaFunctionOptions{SpartaOptions: &sparta.SpartaOptions{Name: "thing"}}
	if _, err := info.RequireCustomResource(sparta.IAMRoleDefinition{}, function, options, nil); err != nil {
		t.Fatal(err)
	}
	return sparta.WithCustomResources([]*sparta.LambdaAWSInfo{info})[1].Handler()
}

// request is an event of CloudFormation's.
func request(kind, url string) []byte {
	text, _ := json.Marshal(map[string]any{
		"RequestType": kind, "ResponseURL": url, "StackId": customStack, "RequestId": "request",
		"LogicalResourceId": "Thing", "ResourceProperties": map[string]any{"ServiceToken": "a", "Size": "1"},
	})
	return text
}

func TestCustomResourcesAlwaysAnswer(t *testing.T) {
	large := map[string]any{"Text": strings.Repeat("x", 5000)}
	tests := map[string]struct {
		function sparta.CustomResourceFunction
		kind     string
		timeout  time.Duration
		refusals int
		want     cfn.StatusType
		reason   string
	}{
		"a success":        {makeThing, "Create", time.Minute, 0, cfn.StatusSuccess, ""},
		"a deletion":       {makeThing, "Delete", time.Minute, 0, cfn.StatusSuccess, ""},
		"refused at first": {makeThing, "Update", time.Minute, 2, cfn.StatusSuccess, ""},
		"a request unknown": {
			makeThing, "Repair", time.Minute, 0, cfn.StatusFailed, `request type "Repair" is unknown`,
		},
		"an error": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) {
				return nil, errors.New("no more things")
			}, "Create", time.Minute, 0, cfn.StatusFailed, "no more things",
		},
		"a panic": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) { panic("oh") },
			"Create", time.Minute, 0, cfn.StatusFailed, "panic: oh",
		},
		"a timeout about to come": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) { select {} },
			"Create", 3 * time.Second, 0, cfn.StatusFailed, "the function had not finished shortly before its timeout",
		},
		"too many attributes": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) { return large, nil },
			"Create", time.Minute, 0, cfn.StatusFailed,
			"bytes, over CloudFormation's limit of 4096: return fewer attributes",
		},
		"attributes without JSON": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) {
				return map[string]any{"F": func() {}}, nil
			}, "Create", time.Minute, 0, cfn.StatusFailed, "the attributes cannot be encoded as JSON",
		},
		"a long error": {
			func(context.Context, string, string, map[string]any) (map[string]any, error) {
				return nil, errors.New(strings.Repeat("long ", 2000))
			}, "Create", time.Minute, 0, cfn.StatusFailed, "long long",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := newPresigned(t, test.refusals)
			ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
			defer cancel()
			response, err := runnerOf(t, test.function).Invoke(ctx, request(test.kind, server.URL+"?secret"))
			if err != nil || string(response) != "null" {
				t.Fatalf("response is %s, error %v", response, err)
			}
			if len(server.answers) != 1 {
				t.Fatalf("there were %d answers", len(server.answers))
			}
			answer := server.answers[0]
			explained := strings.Contains(answer.Reason, test.reason) && len(answer.Reason) <= 1500
			if answer.Status != test.want || !explained {
				t.Errorf("answer is %+v, want %s because of %s", answer, test.want, test.reason)
			}
			if answer.StackID != customStack || answer.RequestID != "request" || answer.LogicalResourceID != "Thing" ||
				!strings.HasPrefix(answer.PhysicalResourceID, "Thing-") {
				t.Errorf("answer is %+v, want the request's names", answer)
			}
			if test.want == cfn.StatusSuccess && answer.Data["Name"] != "thing" {
				t.Errorf("attributes are %v", answer.Data)
			}
		})
	}
}

// The URL is a secret: whoever has it can answer.
func TestTheURLOfAnAnswerIsInNoError(t *testing.T) {
	for name, url := range map[string]string{
		"no server":   "http://127.0.0.1:1/canary",
		"no URL":      "canary:\x7f//",
		"no protocol": "canary",
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := runnerOf(t, makeThing).Invoke(ctx, request("Create", url))
			if err == nil || strings.Contains(err.Error(), "canary") {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// Somebody who tries the function on his machine has no URL.
func TestACustomResourceCanBeTried(t *testing.T) {
	response, err := runnerOf(t, makeThing).Invoke(t.Context(), request("Create", ""))
	if err != nil || !strings.Contains(string(response), `"Data":{"Name":"thing"}`) {
		t.Errorf("response is %s, error %v", response, err)
	}
	if _, err := runnerOf(t, makeThing).Invoke(t.Context(), []byte(`{}`)); err == nil ||
		!strings.Contains(err.Error(), `request type "" is unknown: use Create, Update or Delete in RequestType`) {
		t.Errorf("error is %v", err)
	}
}

func TestCustomResourcesShareAFunction(t *testing.T) {
	first, second := plainFunction("first"), plainFunction("second_one")
	require := func(info *sparta.LambdaAWSInfo, want string, properties map[string]any) {
		t.Helper()
		name, err := info.RequireCustomResource(sparta.IAMRoleDefinition{}, makeThing, nil, properties)
		if err != nil || name != want {
			t.Errorf("logical name is %q, want %q (error: %v)", name, want, err)
		}
	}
	require(first, "FirstSpartaTestMakeThingResource", map[string]any{"Size": 1})
	require(first, "FirstSpartaTestMakeThingResource2", map[string]any{"Size": 2})
	require(second, "SecondOneSpartaTestMakeThingResource", nil)
	all := sparta.WithCustomResources([]*sparta.LambdaAWSInfo{first, second})
	if len(all) != 3 || all[2].Options.Timeout != 60 || all[2].Name() != "sparta_test_makeThing" {
		t.Errorf("functions are %+v", all)
	}
	if again := sparta.WithCustomResources(all); len(again) != 3 {
		t.Errorf("the functions of a complete list are %+v", again)
	}
	description, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{first, second}, nil)
	if err != nil || len(description.Functions) != 3 || len(description.Functions[0].CustomResources) != 2 {
		t.Errorf("description is %+v (error: %v)", description, err)
	}
	if got := description.Functions[0].CustomResources[1]; got.Timeout != 240 || got.Properties["Size"] != 2 {
		t.Errorf("custom resource is %+v", got)
	}

	_, err = second.RequireCustomResource("another-role", makeThing, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = sparta.Validate("Shop", []*sparta.LambdaAWSInfo{first, second})
	const want = "functions 3 and 4 are both named sparta_test.makeThing: set Options.SpartaOptions.Name of one"
	if err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
}

func TestCustomResourcesThatAreRefused(t *testing.T) {
	tests := map[string]struct {
		role       any
		function   sparta.CustomResourceFunction
		options    *sparta.LambdaFunctionOptions
		properties map[string]any
		want       string
	}{
		"no function": {
			"role", nil, nil, nil, "custom resource: the function is nil: pass one that manages the resource",
		},
		"no role": {
			nil, makeThing, nil, nil, `custom resource: function "sparta_test.makeThing": role of type <nil> is ` +
				"invalid: use an existing role's name (a string) or a sparta.IAMRoleDefinition",
		},
		"a long timeout": {
			"role", makeThing, &sparta.LambdaFunctionOptions{Timeout: 901}, nil,
			`custom resource: function "sparta_test.makeThing": timeout of 901 seconds is out of range: ` +
				"use 1 to 900, or 0 for 3",
		},
		"a function for edge locations": {
			"role", makeThing, &sparta.LambdaFunctionOptions{Edge: true}, nil,
			"custom resource: CloudFormation invokes its function in the stack's region, and Lambda@Edge functions " +
				"run only for CloudFront: clear Edge of the options",
		},
		"a property of CloudFormation's": {
			"role", makeThing, nil, map[string]any{"ServiceToken": "a"}, "custom resource sparta_test_makeThing: its " +
				"property ServiceToken is reserved by CloudFormation: rename it",
		},
		"a property without JSON": {
			"role", makeThing, nil, map[string]any{"F": func() {}}, "custom resource sparta_test_makeThing: its " +
				"properties cannot be encoded as JSON: json: unsupported type: func()",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := plainFunction("f")
			logical, err := info.RequireCustomResource(test.role, test.function, test.options, test.properties)
			if err == nil || err.Error() != test.want || logical != "" {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			err = sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info}) // the caller may have ignored the error
			if err == nil || err.Error() != "function 1 (f): "+test.want {
				t.Errorf("the service's error is %v\n    want function 1 (f): %s", err, test.want)
			}
		})
	}
}

func TestDependencies(t *testing.T) {
	for name, test := range map[string]struct {
		names []string
		want  string
	}{
		"a resource and a function": {[]string{"Table", "other_function"}, ""},
		"no name":                   {[]string{""}, `"" of DependsOn is invalid`},
		"an ARN":                    {[]string{"arn:aws:sqs:a"}, `"arn:aws:sqs:a" of DependsOn is invalid`},
		"itself":                    {[]string{"f"}, `"f" of DependsOn is the function itself: remove it`},
		"itself, in the template":   {[]string{"FFunction"}, `"FFunction" of DependsOn is the function itself`},
		"one twice":                 {[]string{"Table", "Table"}, `"Table" is listed twice in DependsOn: remove one`},
	} {
		t.Run(name, func(t *testing.T) {
			info := plainFunction("f")
			info.DependsOn = test.names
			err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info})
			text := fmt.Sprint(err)
			if test.want == "" && err != nil || test.want != "" && !strings.Contains(text, test.want) {
				t.Errorf("error is %v, want %s", err, test.want)
			}
		})
	}
}

func TestAPanicOfACustomResourceIsLoggedWithItsName(t *testing.T) {
	defer func(name string) { lambdacontext.FunctionName = name }(lambdacontext.FunctionName)
	lambdacontext.FunctionName = "Shop-thing"
	broken := func(context.Context, string, string, map[string]any) (map[string]any, error) { panic("oh") }
	for event, want := range map[string]string{
		`{"RequestType": "Create", "LogicalResourceId": "Thing"}`: "custom resource Thing: panic: oh",
		`{"RequestType": "Create"}`:                               "function of custom resources Shop-thing: panic: oh",
	} {
		var log bytes.Buffer
		logger := logrus.New()
		logger.SetOutput(&log)
		ctx := context.WithValue(t.Context(), sparta.ContextKeyLogger, logger)
		_, err := runnerOf(t, broken).Invoke(ctx, []byte(event))
		if err == nil || !strings.Contains(log.String(), want) {
			t.Errorf("%s: error %v and log %s, want %s", event, err, &log, want)
		}
	}
}
