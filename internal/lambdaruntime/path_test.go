package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const shadows = `-- layer/traceback.py --
raise ImportError("the client has imported the layer's module")
-- layer/greetings.py --
text = "hello"
-- task/json.py --
raise ImportError("the client has imported the function's module")
-- task/logging/__init__.py --
raise ImportError("the client has imported the function's package")
-- task/own.py --
value = 7
-- task/app.py --
import json
import sys

import greetings
import own


def handle(event, context):
    return {"json": json.loads("[1]"), "own": own.value, "layer": greetings.text, "path": sys.path[:2]}
`

// As on Lambda, the client has imported Python's own modules before the function's folder and its layer are searched
// for modules, and modules of the same names do not replace them.
func TestModulesOfTheFunctionDoNotReplacePythons(t *testing.T) {
	for name, own := range map[string]bool{"the embedded client": true, "AWS's client": false} {
		t.Run(name, func(t *testing.T) {
			found := python(t)
			if !own && found.Client == "" {
				testrequire.Need(t, "awslambdaric")
			}
			dir := testfiles.Unpack(t, shadows)
			task, layer := filepath.Join(dir, "task"), filepath.Join(dir, "layer")
			p, err := lambdaruntime.Start(context.WithoutCancel(t.Context()), lambdaruntime.Options{
				Dir: task, Layer: layer, Handler: "app.handle", OwnClient: own, Workspace: workspace(),
				Python: found,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var got struct {
				JSON  []int
				Own   int
				Layer string
				Path  []string
			}
			answer := invoke(t, p, "{}")
			if err := json.Unmarshal(answer.Payload, &got); err != nil || answer.Failed {
				t.Fatalf("it answers %s (%v)", answer.Payload, err)
			}
			modules := len(got.JSON) == 1 && got.Own == 7 && got.Layer == "hello"
			if !modules || got.Path[0] != task || got.Path[1] != layer {
				t.Errorf("it answers %s", answer.Payload)
			}
		})
	}
}
