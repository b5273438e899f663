package gosource

import (
	"strings"
	"testing"
)

// The error has what the go command says, for example that HOME is missing.
func TestReadSettingsSaysWhyTheGoCommandFails(t *testing.T) {
	t.Setenv("GOTOOLCHAIN", "nonsense")
	_, err := ReadSettings(t.Context(), t.TempDir(), "linux", "amd64")
	if err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("the error is %v", err)
	}
}
