package product

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// A library answers the same under AWS's runtime client and under the embedded one.
func TestALibraryAnswersTheSameUnderBothClients(t *testing.T) {
	testrequire.Need(t, "awslambdaric")
	stage := boundary(t).stage()
	invocation := lambdaruntime.Request{
		Payload: []byte(`{"a":["ü",1.10,null]}`), RequestID: "one-id", TraceID: "Root=1-2-3", TenantID: "tenant",
		ClientContext: json.RawMessage(`{"client":{"app_title":"t"},"custom":{"ä":"b"},"env":{"c":"d"}}`),
		Identity:      json.RawMessage(`{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}`),
		Deadline:      time.Now().Add(time.Hour),
	}
	for name, exchange := range map[string]struct {
		handler, event string
		env            []string
		snap           bool
	}{
		"unchanged bytes": {handler: "Echo"},
		"a typed answer":  {handler: "Typed"},
		"the context":     {handler: "About"},
		"a big answer": {
			handler: "Respond",
			event:   `[{"bytes":[34]},{"bytes":[195,188],"times":2500000},{"bytes":[34]}]`,
		},
		"an answer that is too big": {
			handler: "Respond",
			event:   `[{"bytes":[34]},{"bytes":[97],"times":7000000},{"bytes":[34]}]`,
		},
		"an answer that is not text":     {handler: "Respond", event: `[{"bytes":[0,255,254],"times":3}]`},
		"no answer":                      {handler: "Respond", event: `[]`},
		"an error":                       {handler: "Fails"},
		"a panic":                        {handler: "Panics"},
		"a function that does not exist": {handler: "Nowhere"},
		"a failed start":                 {handler: "Echo", env: []string{"FIXTURE=panic"}},
		"a hook that fails":              {handler: "Hooks", env: []string{"FIXTURE=after one fails"}, snap: true},
	} {
		t.Run(name, func(t *testing.T) {
			request := invocation
			if exchange.event != "" {
				request.Payload = []byte(exchange.event)
			}
			var responses [2]*lambdaruntime.Response
			for i, own := range []bool{false, true} {
				process := run(t, stage, lambdaruntime.Options{
					Handler: "index." + exchange.handler, Env: exchange.env, SnapStart: exchange.snap, OwnClient: own,
				})
				responses[i] = process.invoke(t, request)
				responses[i].Duration, responses[i].InitDuration = 0, 0
				responses[i].Payload = withoutTrace(responses[i])
			}
			if theirs, ours := responses[0], responses[1]; !reflect.DeepEqual(theirs, ours) {
				t.Errorf("under awslambdaric\n%+v %.1000s\nunder the embedded client\n%+v %.1000s",
					theirs.Failed, theirs.Payload, ours.Failed, ours.Payload)
			}
		})
	}
}

// withoutTrace returns a response's payload. It removes the clients' own frames from an error around a snapshot.
func withoutTrace(response *lambdaruntime.Response) []byte {
	var d struct{ ErrorType, ErrorMessage string }
	if !response.Failed || json.Unmarshal(response.Payload, &d) != nil ||
		d.ErrorMessage != "after the restore: after one went wrong" {
		return response.Payload
	}
	return []byte(d.ErrorType + ": " + d.ErrorMessage)
}
