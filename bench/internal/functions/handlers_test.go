package functions

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/bench/apps/work"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// script has a handler of index.py answer events, one on each line.
const script = `
import json, sys
sys.path.insert(0, "events")
import index
for line in sys.stdin:
    print(json.dumps(getattr(index, sys.argv[1])(json.loads(line), None)))
`

// lookedAt has the three fields that each handler looks at, with other values for them. If the event has records, they
// are fields of each record.
var lookedAt = map[string]map[string]any{
	"proxy": {"httpMethod": "GET", "path": "/", "body": "other"},
	"http":  {"requestContext.http.method": "GET", "rawPath": "/", "body": "other"},
	"queue": {"body": "", "attributes.ApproximateReceiveCount": "9", "eventSourceARN": "arn:aws:sqs:::other"},
	"stream": {
		"kinesis.data": "", "kinesis.partitionKey": "", "eventSourceARN": "arn:aws:kinesis:::stream/other",
	},
	"table": {
		"eventName": "REMOVE", "dynamodb.NewImage.total.N": "0", "dynamodb.NewImage.paid.BOOL": false,
	},
	"objects": {"s3.bucket.name": "other", "s3.object.key": "other", "s3.object.size": 0},
	"origin": {
		"cf.request.method": "POST", "cf.request.uri": "/", "cf.request.headers.cloudfront-viewer-country": nil,
	},
}

// Three fields of an event decide on its answer, in Go as in Python.
func TestHandlersLookAtThreeFields(t *testing.T) {
	testrequire.Need(t, "python")
	for _, kind := range eventTypes() {
		handler := kind.handler
		t.Run(handler+" "+kind.size, func(t *testing.T) {
			t.Setenv("EVENT", handler)
			original, err := kind.newEvent()
			if err != nil {
				t.Fatal(err)
			}
			names, events := []string{"nothing"}, [][]byte{original}
			for name, value := range lookedAt[handler] {
				names, events = append(names, name), append(events, changed(t, original, name, value))
			}
			inGo, inPython := answersOf(t, events), pythonAnswers(t, handler, events)
			for i, name := range names {
				if !reflect.DeepEqual(inGo[i], inPython[i]) {
					t.Errorf("%s changed: Go answers %.200v, Python %.200v", name, inGo[i], inPython[i])
				}
				if i > 0 && reflect.DeepEqual(inGo[i], inGo[0]) {
					t.Errorf("%s changed: the answer is the same, %.200v", name, inGo[i])
				}
			}
			if got := len(lookedAt[handler]); got != 3 {
				t.Errorf("%d fields are listed, want 3", got)
			}
		})
	}
}

// changed returns the event with another value for a field, in each record if it has records. nil removes the field.
func changed(t *testing.T, event []byte, path string, value any) []byte {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal(event, &whole); err != nil {
		t.Fatal(err)
	}
	records, ok := whole["Records"].([]any)
	if !ok {
		records = []any{whole}
	}
	names := strings.Split(path, ".")
	last := names[len(names)-1]
	for _, record := range records {
		object := record.(map[string]any)
		for _, name := range names[:len(names)-1] {
			object = object[name].(map[string]any)
		}
		if _, ok := object[last]; !ok {
			t.Fatalf("the event has no %s", path)
		}
		if object[last] = value; value == nil {
			delete(object, last)
		}
	}
	return encoded(t, whole)
}

func answersOf(t *testing.T, events [][]byte) (answers []any) {
	t.Helper()
	handler := lambda.NewHandler(work.Selected())
	for _, event := range events {
		answer, err := handler.Invoke(t.Context(), event)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, decoded(t, answer))
	}
	return answers
}

func pythonAnswers(t *testing.T, handler string, events [][]byte) (answers []any) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "python3", "-B", "-c", script, handler)
	for i := range events {
		events[i] = encoded(t, decoded(t, events[i])) // on one line
	}
	cmd.Stdin = bytes.NewReader(bytes.Join(events, []byte("\n")))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	for line := range bytes.Lines(out) {
		answers = append(answers, decoded(t, line))
	}
	return answers
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return withoutNull(value)
}

func encoded(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
