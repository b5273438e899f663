package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// A magefile in a module of its own leaves the application's go.mod alone: its language version is
// older than this module's, and so is its aws-lambda-go.
func TestMagefilesInTheirOwnModule(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	p := newReporter(t, reporterMod)
	if err := writeModule(filepath.Join(p.dir, "magefiles"), "example.com/reporter/magefiles"); err != nil {
		t.Fatal(err)
	}
	want := p.plainAnswer(t, ".")
	before := p.tree(t)
	mage := func(args ...string) string {
		return p.run(t, nil, "go", append(strings.Fields("-C magefiles tool mage -d . -w .."), args...)...)
	}
	if got := mage("cgo:invoke"); got != want {
		t.Errorf("the library answers\n%swhere go build's program answers\n%s", got, want)
	}
	mage("cgo:provision", "-noop")
	if _, err := os.Stat(filepath.Join(p.dir, ".sparta", "template.json")); err != nil {
		t.Error(err)
	}
	if difference := compareTrees(before, p.tree(t)); difference != "" {
		t.Errorf("the application's folder has changed:\n%s", difference)
	}
}

// The Python side belongs to the targets, and the Go side of a Sparta application to its module: both must have the
// same version.
func TestAnotherBridgeIsRefused(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	p := newReporter(t, reporterMod)
	for _, dir := range []string{
		"cgo", "cloudformation", "internal", "provision", "sparta", "spartamage", "templates",
	} {
		copyTree(t, filepath.Join(repository(), dir), filepath.Join(p.dir, "..", "old", dir))
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(repository(), name))
		if err != nil {
			t.Fatal(err)
		}
		p.write(t, "../old/"+name, string(content))
	}
	if err := writeModule(p.dir, "example.com/reporter"); err != nil {
		t.Fatal(err)
	}
	p.write(t, "go.mod", strings.Replace(p.read(t, "go.mod"), repository(), "../old", 1))
	p.write(t, "main.go", `package main

import (
	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func main() {
	hello, _ := sparta.NewAWSLambda("Hello", func() (string, error) { return "hello", nil }, sparta.IAMRoleDefinition{})
	_ = cgo.Main("Reporter", "", []*sparta.LambdaAWSInfo{hello}, nil, nil)
}
`)
	targets, err := filepath.Glob(shared("mage", "*"))
	if err != nil || len(targets) == 0 {
		t.Fatalf("mage compiled no targets: %v", err)
	}
	p.run(t, nil, targets[0], "cgo:build")
	p.write(t, "../old/cgo/bridge/exit.go", p.read(t, "../old/cgo/bridge/exit.go")+"\n// Of another version.\n")
	cmd := p.command([]string{"MAGEFILE_VERBOSE="}, "cgo:build")
	cmd.Path, cmd.Args[0] = targets[0], targets[0]
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the application requires github.com/go-sparta/sparta in ../old, "+
		"but these targets belong to (devel)") {
		t.Errorf("%v\n%s", err, out)
	}
}
