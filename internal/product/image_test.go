package product

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// A new image under the same name may compile something else. Without an engine, nobody knows whether it is new.
func TestANewImageOfTheSameNameCompilesAgain(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "docker")
	t.Parallel()
	p := newProject(t, "plain")
	base := "golang:" + strings.TrimPrefix(goEnv()["GOVERSION"], "go")
	name := fmt.Sprintf("sparta-test-%d:1", os.Getpid())
	docker := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("docker", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("docker %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	change := func(label string) { // only its metadata
		t.Helper()
		container := docker("create", base, "true")
		defer docker("rm", container)
		id := docker("commit", "--change", "LABEL state="+label, container, name)
		t.Cleanup(func() { _ = exec.Command("docker", "image", "rm", "--force", id).Run() })
	}
	change("first")

	variables := []string{"SPARTA_BUILDER=docker", "SPARTA_IMAGE=" + name}
	build := func(want string, variables []string) {
		t.Helper()
		if result := p.build(t, variables...); !strings.Contains(result.stderr, want) {
			t.Errorf("the build did not report %q:\n%s", want, result.stderr)
		}
	}
	build("\ncompile ", variables)
	build("unchanged ", variables)
	change("second")
	build("\ncompile ", variables)
	build("unchanged ", variables)
	none := append(variables, "DOCKER_HOST=unix:///nonexistent/docker.sock")
	build("No container engine answers: the build assumes that the image "+name+" is unchanged", none)
	build("unchanged ", none)
}
