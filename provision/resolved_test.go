//go:build go1.25

package provision

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// CloudFormation resolves parameters of Systems Manager during a deployment, so only the next one knows of a new value.
func TestAValueOfSystemsManagerReachesTheAliasWithTheNextDeployment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.service.Functions[0].Options = &sparta.LambdaFunctionOptions{
			Alias:       "live",
			Environment: map[string]any{"SIZE": cloudformation.Ref("Size")},
		}
		fake := w.deployed()
		resolve := func(value string) {
			fake.params = []cfntypes.Parameter{{
				ParameterKey:   aws.String("Size"),
				ParameterValue: aws.String("/shop/size"),
				ResolvedValue:  &value,
			}}
		}
		resolve("1")
		deploy := func() (version string) {
			w.log.Reset()
			w.must()
			var rendered struct{ Resources map[string]any }
			if err := json.Unmarshal([]byte(w.file("template.json")), &rendered); err != nil {
				t.Fatal(err)
			}
			for id := range rendered.Resources {
				if strings.HasPrefix(id, "HelloVersion") {
					version = id
				}
			}
			return version
		}
		warned := func() bool {
			return strings.Contains(w.log.String(), "Systems Manager has had new values for Size") &&
				strings.Contains(w.log.String(), "run cgo:provision again")
		}
		first := deploy()
		if warned() {
			t.Errorf("the value is the same: %s", &w.log)
		}
		w.options.Params = map[string]string{"Size": "/shop/size"}
		if again := deploy(); again != first {
			t.Errorf("the same parameter, given again, makes version %s after %s", again, first)
		}
		w.cfn.faults["ExecuteChangeSet"] = []fault{{done: true, then: func() { resolve("2") }}}
		if second := deploy(); second != first || !warned() {
			t.Errorf("version %s after %s: %s", second, first, &w.log)
		}
		if third := deploy(); third == first || warned() {
			t.Errorf("version %s after %s: %s", third, first, &w.log)
		}
		w.options.Params = map[string]string{"Size": "/shop/other"}
		if other := deploy(); other == first {
			t.Errorf("another parameter makes version %s again", other)
		}
	})
}
