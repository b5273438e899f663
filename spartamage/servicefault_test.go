package spartamage

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestAServiceWithoutJSONIsReportedByField(t *testing.T) {
	for name, test := range map[string]struct {
		service Service
		want    string
	}{
		"a function in a resource": {
			Service{Resources: map[string]cloudformation.Resource{"Jobs": {
				Type: "AWS::SQS::Queue", Properties: map[string]any{"a": func() {}},
			}}},
			"Service.Resources: json: unsupported type: func(): use text, numbers, lists, maps",
		},
		"a permission that is nil": {
			Service{Permissions: sparta.Permissions{nil}}, "Service.Permissions: permission 1: it is nil: remove it",
		},
	} {
		_, err := json.Marshal(test.service)
		if err == nil {
			t.Fatalf("%s has JSON", name)
		}
		if err := test.service.fault(err); !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}
