//go:build !lambdabinary

package cgo

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/spartamage"
)

// Parameters of the targets come through the environment, and flags take precedence.
func TestParametersOfTargetsAndFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("s3cr3t\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := service{deployment: spartamage.Deployment{Parameters: map[string]string{"A": "1", "B": "@2"}}}
	got, err := s.parameters(map[string]string{"A": "3", "Token": "@" + file})
	if want := map[string]string{"A": "3", "B": "@2", "Token": "s3cr3t"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := s.parameters(map[string]string{"Token": "@none"}); err == nil {
		t.Error("a file that does not exist is not an error")
	}
}
