//go:build !lambdabinary

package cgo

import (
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/spartamage"
)

// Hooks, builds and other children inherit the environment.
func TestTheDeploymentIsRemovedFromTheEnvironment(t *testing.T) {
	long := `{"Service":{"Name":"Shop","Description":"` + strings.Repeat("x", 100_000) + `"}}`
	for name, test := range map[string]struct{ text, service, problem string }{
		"a long deployment":   {long, "Shop", ""},
		"a deployment":        {`{"Service":{"Name":"Shop","Options":{"Environment":{"KEY":"canary"}}}}`, "Shop", ""},
		"one that is cut off": {`{"Service":{"Name":"canary`, "", spartamage.DeployVariable},
	} {
		t.Run(name, func(t *testing.T) {
			for _, entry := range programs.LongVariable(spartamage.DeployVariable).Entries(test.text) {
				name, value, _ := strings.Cut(entry, "=")
				t.Setenv(name, value)
			}
			deployment, err := takeDeployment()
			if deployment.Service.Name != test.service || (err != nil) != (test.problem != "") {
				t.Errorf("took %+v, %v", deployment, err)
			}
			if err != nil && (!strings.Contains(err.Error(), test.problem) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("error is %q, want one that names %s and not its value", err, test.problem)
			}
			for _, variable := range os.Environ() {
				if strings.HasPrefix(variable, spartamage.DeployVariable) {
					t.Errorf("%s is left in the environment", variable)
				}
			}
		})
	}
}
