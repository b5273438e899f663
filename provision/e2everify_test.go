package provision_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision"
)

// The code of a deployed function is that of the package. What is said of other code is tested in package functions.
func TestDeployedCodeIsVerified(t *testing.T) {
	d := newDeployment(t)
	options := provision.VerifyOptions{Stdout: d.stdout, Logger: d.options.Logger}
	err := provision.VerifyCode(t.Context(), d.service, d.pkg, options)
	if err == nil || !strings.Contains(err.Error(), "compare the code of Tested-hello: it is not deployed") {
		t.Errorf("before the deployment: %v", err)
	}
	d.must()
	if err := provision.VerifyCode(t.Context(), d.service, d.pkg, options); err != nil ||
		!strings.Contains(d.stdout.String(), "Tested-hello runs ") {
		t.Errorf("after the deployment: %v\n%s", err, d.stdout)
	}
}
