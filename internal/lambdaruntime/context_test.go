package lambdaruntime_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// ask invokes the function and decodes its response.
func ask(t *testing.T, p *lambdaruntime.Process, request lambdaruntime.Request) any {
	t.Helper()
	response, err := p.Invoke(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	var answer any
	if err := json.Unmarshal(response.Payload, &answer); err != nil || response.Failed {
		t.Fatalf("answer %s: %v", response.Payload, err)
	}
	return answer
}

func TestTheContextHasTheRequestsFields(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	p := start(t, lambdaruntime.Options{
		Handler:         "about.context",
		FunctionName:    "hello",
		FunctionVersion: "7",
		MemorySize:      512,
		Timeout:         time.Minute,
	})
	full := lambdaruntime.Request{
		Payload: []byte("{}"),
		ClientContext: json.RawMessage(`{
			"custom": {"a": "ü"},
			"env": {"b": "2"},
			"client": {"app_title": "t"},
			"services": {}
		}`),
		Identity:  json.RawMessage(`{"cognitoIdentityId": "i", "cognitoIdentityPoolId": "p"}`),
		TraceID:   "Root=1-2-3;Sampled=1",
		TenantID:  "blue",
		RequestID: "the-id",
	}
	want := map[string]any{
		"aws_request_id":       "the-id",
		"log_group_name":       "/aws/lambda/hello",
		"function_name":        "hello",
		"memory_limit_in_mb":   "512",
		"function_version":     "7",
		"tenant_id":            "blue",
		"in_time":              true,
		"invoked_function_arn": "arn:aws:lambda:eu-west-1:123456789012:function:hello",
		"trace":                "Root=1-2-3;Sampled=1",
		"client_context": map[string]any{
			"custom":    map[string]any{"a": "ü"},
			"env":       map[string]any{"b": "2"},
			"app_title": "t",
		},
		"identity": []any{"i", "p"},
	}
	if got := ask(t, p, full); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	// The next invocation must not see the fields of this one.
	for _, name := range []string{"tenant_id", "trace", "client_context"} {
		want[name] = nil
	}
	want["identity"] = []any{nil, nil}
	got := ask(t, p, lambdaruntime.Request{Payload: []byte("{}"), RequestID: "the-id"})
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestInvalidRequestsAreRefused(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "values.echo"})
	for name, request := range map[string]lambdaruntime.Request{
		"a client context that is not JSON": {ClientContext: json.RawMessage("{")},
		"an identity that is not JSON":      {Identity: json.RawMessage("nobody")},
		"a trace id of two lines":           {TraceID: "a\r\nb: c"},
		"a tenant of two lines":             {TenantID: "a\nb"},
		"a request id of two parts":         {RequestID: "a/b"},
	} {
		t.Run(name, func(t *testing.T) {
			if response, err := p.Invoke(t.Context(), request); err == nil {
				t.Errorf("answered %s", response.Payload)
			}
		})
	}
	if got := invoke(t, p, `"still here"`); string(got.Payload) != `"still here"` {
		t.Errorf("got %s", got.Payload)
	}
}

func TestTheEnvironmentMatchesLambda(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "key of the caller")
	t.Setenv("AWS_LAMBDA_FUNCTION_NAME", "name of the caller")
	t.Setenv("AWS_REGION", "")
	t.Setenv("AWS_DEFAULT_REGION", "")
	t.Setenv("SOMETHING_ELSE", "of the caller")
	t.Setenv("PYTHONPATH", "/of/the/caller")
	dir, err := filepath.Abs(functions)
	if err != nil {
		t.Fatal(err)
	}
	interpreter := python(t)
	for name, c := range map[string]struct {
		options lambdaruntime.Options
		want    map[string]any
	}{
		"by default": {want: map[string]any{
			"LAMBDA_TASK_ROOT":                dir,
			"_HANDLER":                        "about.environment",
			"AWS_LAMBDA_FUNCTION_NAME":        "function",
			"AWS_LAMBDA_FUNCTION_VERSION":     "$LATEST",
			"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
			"AWS_LAMBDA_LOG_GROUP_NAME":       "/aws/lambda/function",
			"AWS_LAMBDA_INITIALIZATION_TYPE":  "on-demand",
			"AWS_EXECUTION_ENV":               "AWS_Lambda_python" + interpreter.Version,
			"AWS_REGION":                      "us-east-1",
			"AWS_DEFAULT_REGION":              "us-east-1",
			"AWS_ACCESS_KEY_ID":               "key of the caller",
			"SOMETHING_ELSE":                  nil,
			"TZ":                              ":UTC",
			"HOME":                            os.Getenv("HOME"),
			"PATH":                            os.Getenv("PATH"),
		}},
		"the function's own variables take precedence": {
			options: lambdaruntime.Options{
				Env: []string{"AWS_REGION=eu-north-1", "SOMETHING_ELSE=a=b", "AWS_ACCESS_KEY_ID=other"},
			},
			want: map[string]any{
				"AWS_REGION":         "eu-north-1",
				"AWS_DEFAULT_REGION": "eu-north-1",
				"SOMETHING_ELSE":     "a=b",
				"AWS_ACCESS_KEY_ID":  "other",
			},
		},
		"with SnapStart": {
			options: lambdaruntime.Options{SnapStart: true},
			want: map[string]any{
				"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start",
				"AWS_LAMBDA_LOG_GROUP_NAME":      nil,
				"AWS_LAMBDA_LOG_STREAM_NAME":     nil,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.options.Handler = "about.environment"
			names := []string{}
			for name := range c.want {
				names = append(names, name)
			}
			event, err := json.Marshal(names)
			if err != nil {
				t.Fatal(err)
			}
			got := ask(t, start(t, c.options), lambdaruntime.Request{Payload: event})
			if !reflect.DeepEqual(got, any(c.want)) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}

func TestTheFunctionsFolderIsNotChanged(t *testing.T) {
	dir := t.TempDir()
	source := filepath.Join(dir, "app.py")
	if err := os.WriteFile(source, []byte("def handler(event, context):\n    return event\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	invoke(t, start(t, lambdaruntime.Options{Dir: dir, Handler: "app.handler"}), "{}")
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v (%v)", entries, err)
	}
}

func TestAModuleInAFolder(t *testing.T) {
	for _, handler := range []string{"nested/deep.handler", "nested.deep.handler"} {
		if got := invoke(t, start(t, lambdaruntime.Options{Handler: handler}), "{}"); string(got.Payload) != `"deep"` {
			t.Errorf("%s: got %s", handler, got.Payload)
		}
	}
}

func TestTheFunctionRunsInItsFolderWithTheGivenPython(t *testing.T) {
	dir, err := filepath.Abs(functions)
	if err != nil {
		t.Fatal(err)
	}
	for version, interpreter := range pythons(t) {
		p := start(t, lambdaruntime.Options{Handler: "about.path", Python: interpreter})
		want := map[string]any{"path": dir, "cwd": dir, "python": version}
		if got := ask(t, p, lambdaruntime.Request{Payload: []byte("{}")}); !reflect.DeepEqual(got, any(want)) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	if a, b := lambdaruntime.NewRequestID(), lambdaruntime.NewRequestID(); a == b || len(a) != 36 {
		t.Errorf("the IDs are %q and %q", a, b)
	}
}
