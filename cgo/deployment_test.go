//go:build !lambdabinary

package cgo

import (
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/spartamage"
)

// Hooks, builds and other children inherit the environment.
func TestTheDeploymentIsRemovedFromTheEnvironment(t *testing.T) {
	for name, test := range map[string]struct{ text, service, problem string }{
		"a deployment":        {`{"Service":{"Name":"Shop","Options":{"Environment":{"KEY":"canary"}}}}`, "Shop", ""},
		"one that is cut off": {`{"Service":{"Name":"canary`, "", spartamage.DeployVariable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(spartamage.DeployVariable, test.text)
			deployment, err := takeDeployment()
			if deployment.Service.Name != test.service || (err != nil) != (test.problem != "") {
				t.Errorf("took %+v, %v", deployment, err)
			}
			if err != nil && (!strings.Contains(err.Error(), test.problem) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("error is %q, want one that names %s and not its value", err, test.problem)
			}
			if left, ok := os.LookupEnv(spartamage.DeployVariable); ok {
				t.Errorf("%s=%s is left in the environment", spartamage.DeployVariable, left)
			}
		})
	}
}
