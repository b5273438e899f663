//go:build lambdabinary

package arguments

import (
	"os"
	"testing"
)

func TestPathOfTheProgram(t *testing.T) {
	for library, want := range map[string]string{
		"/var/task/bin/app.so": "/var/task/app",
		"/var/task/app.so":     "/var/task/app",
		"/bin/app.so":          "/app",
		"/opt/a b/bin/.so":     "/opt/a b/.so",
		"bin/app.so":           "/app",
	} {
		if got := program(library); got != want {
			t.Errorf("%s: got %s, want %s", library, got, want)
		}
	}
}

func TestAProgramKeepsItsArguments(t *testing.T) {
	if set() || len(os.Args) < 2 {
		t.Errorf("the arguments of this test are %q", os.Args)
	}
}
