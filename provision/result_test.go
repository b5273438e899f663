//go:build go1.25

package provision

import (
	"encoding/json"
	"testing"
	"testing/synctest"
)

func TestOutputsAsJSON(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.options.JSON = true
		w.cfn.outputs["Query"] = "a<b&c"
		w.must()
		want := `{
  "stack": "svc",
  "status": "CREATE_COMPLETE",
  "changed": true,
  "changes": [
    {
      "action": "Add",
      "logicalId": "HelloFunction",
      "type": "AWS::Lambda::Function"
    }
  ],
  "outputs": {
    "Query": "a<b&c",
    "Url": "https://example.com/"
  }
}
`
		if w.stdout.String() != want {
			t.Errorf("got %s\nwant %s", &w.stdout, want)
		}
		w.stdout.Reset()
		w.unchanged()
		w.functions["svc-hello"] = &fakeFunction{sha: w.code()}
		w.must()
		var result Result
		err := json.Unmarshal(w.stdout.Bytes(), &result)
		if err != nil || result.Changed || result.Outputs["Query"] != "a<b&c" {
			t.Errorf("without changes: %v, %+v", err, result)
		}
	})
}

func TestAStackWithoutOutputsHasNoTableOfThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.outputs = nil
		w.must()
		lacks(t, w.stdout.String(), "OUTPUT")
	})
}
