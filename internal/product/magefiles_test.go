package product

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
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
	want := p.plainAnswer(t, ".")
	before := p.tree(t)
	printed := p.run(t, nil, spartaProgram(t), "init")
	var commands []string
	for line := range strings.Lines(printed) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	if len(commands) != 3 {
		t.Fatalf("it writes\n%s\nwant three commands", printed)
	}
	p.run(t, []string{moduleCache()}, "sh", "-c", commands[0])
	said := p.run(t, nil, "sh", "-c", commands[1]+" 2>&1")
	if hint := "here: " + strings.Replace(commands[1], "build", "invoke", 1); !strings.Contains(said, hint) {
		t.Errorf("the build writes %s, want %q", said, hint)
	}
	p.run(t, nil, "sh", "-c", commands[2])
	if got := p.run(t, nil, "sh", "-c", strings.Replace(commands[1], "build", "invoke", 1)); got != want {
		t.Errorf("the library answers\n%swhere go build's program answers\n%s", got, want)
	}
	if _, err := os.Stat(filepath.Join(p.dir, ".sparta", "template.json")); err != nil {
		t.Error(err)
	}
	after := p.tree(t)
	maps.DeleteFunc(after, func(name, _ string) bool { return strings.HasPrefix(name, "magefiles") })
	if difference := compareTrees(before, after); difference != "" {
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
	targets, err := compiledTargets()
	if err != nil {
		t.Fatal(err)
	}
	p.run(t, nil, targets, "cgo:build")
	p.write(t, "../old/cgo/bridge/exit.go", p.read(t, "../old/cgo/bridge/exit.go")+"\n// Of another version.\n")
	cmd := p.command([]string{"MAGEFILE_VERBOSE="}, "cgo:build")
	cmd.Path, cmd.Args[0] = targets, targets
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the application requires github.com/go-sparta/sparta in ../old, "+
		"but these targets belong to (devel)") {
		t.Errorf("%v\n%s", err, out)
	}
}

// The magefile of docs/magefiles.md: a default target, aliases, dependencies, and an application in another module.
func TestTheMagefileOfTheDocuments(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newReporter(t, reporterMod)
	document, err := os.ReadFile(filepath.Join(repository(), "docs", "magefiles.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, source, _ := strings.Cut(string(document), "```go\n")
	source, _, found := strings.Cut(source, "```\n")
	if !found {
		t.Fatal("docs/magefiles.md contains no magefile")
	}
	if err := writeModule(p.dir, "example.com/reporter"); err != nil {
		t.Fatal(err)
	}
	const order = `package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() (string, error) { return "ordered", nil }) }
`
	requires := regexp.MustCompile(`github.com/aws/aws-lambda-go v\S+`).FindString(p.read(t, "go.mod"))
	for name, content := range map[string]string{
		"magefile.go": source, "main.go": strings.Replace(order, "ordered", "reported", 1), "orders/main.go": order,
		"orders/go.mod": "module example.com/orders\n\ngo 1.24\n\nrequire " + requires + "\n",
	} {
		p.write(t, name, content)
	}
	p.write(t, "orders/go.sum", p.read(t, "go.sum"))
	for _, c := range []struct{ command, want string }{
		{"", ".sparta/reporter.zip\n"},
		{"b", ".sparta/reporter.zip\n"},
		{"call -event={}", "\"reported\"\n"},
		{"release", ".sparta/reporter.zip\n"},
		{"orders", filepath.Join(p.dir, "orders", ".sparta", "orders.zip") + "\n"},
	} {
		args := append(strings.Fields("tool mage"), strings.Fields(c.command)...)
		if got := p.run(t, nil, "go", args...); got != c.want {
			t.Errorf("mage %s writes %q, want %q", c.command, got, c.want)
		}
	}
}
