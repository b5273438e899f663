package product

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// A handler's context has everything that Lambda sends with an invocation, and nothing of the previous one.
func TestContext(t *testing.T) {
	p := boundary(t)
	for version, python := range pythons(t) {
		t.Run("Python "+version, func(t *testing.T) {
			process := run(t, p.stage(), lambdaruntime.Options{
				Python:          python,
				Handler:         "index.About",
				FunctionName:    "stack-About",
				FunctionVersion: "7",
				MemorySize:      512,
				FunctionARN:     "arn:aws:lambda:eu-west-1:123456789012:function:stack-About:7",
			})
			environment := fmt.Sprintf(`
				"args": [%q],
				"arn": "arn:aws:lambda:eu-west-1:123456789012:function:stack-About:7",
				"group": "/aws/lambda/stack-About",
				"known": true,
				"limited": true,
				"live": true,
				"lived": false,
				"logger": true,
				"memory": 512,
				"name": "stack-About",
				"stream": true,
				"version": "7"`, filepath.Join(p.stage(), "boundary"))
			const trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"
			deadline := time.Now().Add(47 * time.Second)
			first := lambdaruntime.Request{
				Payload:   []byte("{}"),
				RequestID: "the-first-one",
				Deadline:  deadline,
				TraceID:   trace,
				TenantID:  "tenant-9",
				ClientContext: json.RawMessage(`{
					"custom": {"k": "v", "n": "ü"},
					"env": {"locale": "de"},
					"client": {
						"installation_id": "i",
						"app_title": "t",
						"app_version_name": "n",
						"app_version_code": "c",
						"app_package_name": "p"
					}
				}`),
				Identity: json.RawMessage(`{"cognitoIdentityId": "id-1", "cognitoIdentityPoolId": "pool-1"}`),
			}
			sameJSON(t, process.invoke(t, first).Payload, fmt.Sprintf(`{%s,
				"deadline": %d,
				"id": "the-first-one",
				"tenant": "tenant-9",
				"trace": %q,
				"environment": %q,
				"environmentSet": true,
				"client": {
					"Client": {
						"app_package_name": "p",
						"app_title": "t",
						"app_version_code": "c",
						"installation_id": "i"
					},
					"custom": {"k": "v", "n": "ü"},
					"env": {"locale": "de"}
				},
				"identity": {"CognitoIdentityID": "id-1", "CognitoIdentityPoolID": "pool-1"}
			}`, environment, deadline.UnixMilli(), trace, trace))

			deadline = time.Now().Add(11 * time.Second)
			second := lambdaruntime.Request{Payload: []byte("{}"), RequestID: "the-second-one", Deadline: deadline}
			sameJSON(t, process.invoke(t, second).Payload, fmt.Sprintf(`{%s,
				"deadline": %d,
				"id": "the-second-one",
				"tenant": "",
				"trace": "",
				"environment": "",
				"environmentSet": true,
				"client": {
					"Client": {
						"app_package_name": "",
						"app_title": "",
						"app_version_code": "",
						"installation_id": ""
					},
					"custom": null,
					"env": null
				},
				"identity": {"CognitoIdentityID": "", "CognitoIdentityPoolID": ""}
			}`, environment, deadline.UnixMilli()))
		})
	}
}

// A function with the original Sparta's signature receives Sparta's own context.
func TestLegacyContext(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{
		Handler:      "index.Legacy",
		FunctionName: "stack-Legacy",
		FunctionARN:  "arn:x",
		Env:          []string{"AWS_LAMBDA_LOG_STREAM_NAME=2026/01/01/[$LATEST]0"},
	})
	response := process.invoke(t, lambdaruntime.Request{Payload: []byte(`{"a": [1]}`), RequestID: "req-1"})
	sameJSON(t, response.Payload, `{
		"event": {"a": [1]},
		"logs": true,
		"context": {
			"awsRequestId": "req-1",
			"functionName": "stack-Legacy",
			"functionVersion": "$LATEST",
			"invokedFunctionArn": "arn:x",
			"logGroupName": "/aws/lambda/stack-Legacy",
			"logStreamName": "2026/01/01/[$LATEST]0",
			"memoryLimitInMB": "128"
		}
	}`)
}

// In Lambda's JSON format, lines of the injected logger have the ID of the request.
func TestTheLoggerKnowsTheRequest(t *testing.T) {
	for _, handler := range []string{"index.About", "index.Legacy"} {
		process := run(t, boundary(t).stage(), lambdaruntime.Options{
			Handler: handler,
			Env:     []string{"AWS_LAMBDA_LOG_FORMAT=JSON"},
		})
		for _, id := range []string{"one", "two"} {
			process.invoke(t, lambdaruntime.Request{Payload: []byte("{}"), RequestID: id})
		}
		_ = process.Close() // its whole output has been read then
		for _, id := range []string{"one", "two"} {
			want := `{"level":"WARN","message":"about to answer","requestId":"` + id + `",`
			if !strings.Contains(process.said.String(), want) {
				t.Errorf("%s said %s, want %s", handler, process.said, want)
			}
		}
	}
}

// sameJSON checks that two documents have the same meaning.
func sameJSON(t testing.TB, got []byte, want string) {
	t.Helper()
	if g, w := normal(t, got), normal(t, []byte(want)); g != w {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}
