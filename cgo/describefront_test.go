//go:build !lambdabinary

package cgo_test

import (
	"strings"
	"testing"
)

func TestDescribeShowsTheAPI(t *testing.T) {
	stdout, stderr, code := start(t, "routed", "", "describe")
	const want = "API Shop\n\nMETHOD  PATH     FUNCTION\nGET     /orders  f\n"
	if code != 0 || !strings.Contains(stdout, want) {
		t.Errorf("exit code %d, %s, %s; want %s", code, stdout, stderr, want)
	}
	stdout, _, code = start(t, "routed", "", "describe", "--json")
	if code != 0 || !strings.Contains(stdout, `"path": "/orders"`) {
		t.Errorf("exit code %d, JSON %s", code, stdout)
	}
}

func TestDescribeShowsTheRoutesOfAnAPI(t *testing.T) {
	stdout, stderr, code := start(t, "messages", "", "describe")
	const want = "API Messages\n\nROUTE     FUNCTION\n$connect  f\nsend      g\n"
	if code != 0 || !strings.Contains(stdout, want) {
		t.Errorf("exit code %d, %s, %s; want %s", code, stdout, stderr, want)
	}
}

// Nothing is built for an API that API Gateway would refuse.
func TestAnInvalidAPIFailsBeforeTheBuild(t *testing.T) {
	noAWS(t)
	t.Setenv("TWICE", "1")
	t.Chdir(t.TempDir())
	const want = "Error: API Shop: path /orders has method GET twice: remove one\n"
	for _, command := range []string{"describe", "provision"} {
		args := []string{command}
		if command == "provision" {
			args = append(args, "--noop")
		}
		if stdout, stderr, code := start(t, "routed", "", args...); code != 1 || stderr != want || stdout != "" {
			t.Errorf("%s: exit code %d, %s%s", command, code, stdout, stderr)
		}
	}
}

func TestDescribeShowsTheSite(t *testing.T) {
	stdout, stderr, code := start(t, "fronted", "", "describe")
	if code != 0 || !strings.Contains(stdout, "\nSite of the files in public\n") {
		t.Errorf("exit code %d, %s, %s", code, stdout, stderr)
	}
	stdout, _, code = start(t, "fronted", "", "describe", "--json")
	if code != 0 || !strings.Contains(stdout, `"dir": "public"`) {
		t.Errorf("exit code %d, JSON %s", code, stdout)
	}
}
