package product

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The original's own example is changed, packed, deployed without AWS, and invoked with Python.
func TestTheOriginalsExampleAfterItsPort(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "before"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/before"); err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "before.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	before := string(archive.Files[0].Data)
	p.write(t, "main.go", before)
	result := p.mage(t, nil, "cgo:build")
	if advice := "sparta port"; result.code == 0 || !strings.Contains(result.stderr, advice) {
		t.Errorf("the build without a port does not advise %s: exit status %d\n%s", advice, result.code, result.stderr)
	}

	sparta := spartaProgram(t)
	diff := p.run(t, nil, sparta, "port", "./...")
	if p.read(t, "main.go") != before || !strings.Contains(diff, "+\tcgo.Main(\"SpartaHelloNodeJSProcess\",\n") {
		t.Errorf("port without -w writes\n%s\nand main.go is\n%s", diff, p.read(t, "main.go"))
	}
	if written := p.run(t, nil, sparta, "port", "-w"); written != "main.go\n" {
		t.Errorf("port -w lists %q", written)
	}

	result = p.mage(t, nil, "cgo:provision", "-noop")
	template := p.read(t, ".sparta/template.json")
	if result.code != 0 || !strings.Contains(template, `"Handler": "index.`) {
		t.Errorf("exit status %d\n%s%s\n%s", result.code, result.stdout, result.stderr, template)
	}
	result = p.mage(t, nil, "cgo:invoke", "-event=1")
	if result.code != 0 || !strings.HasPrefix(result.stdout, `"Hello 1 from `) {
		t.Errorf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
}

// Programs in the style of the original are deployed without AWS after their port. Their hooks and decorators add
// resources with types of go-cloudformation.
func TestProgramsOfTheOriginalAreProvisionedAfterTheirPort(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	sparta := spartaProgram(t)
	for name, programs := range map[string]map[string]string{
		"zero": {
			"hooks": `"Results": {`, "images": `"AWS::SNS::Topic"`,
			"resource": `"AWS::CloudFormation::CustomResource"`,
		},
		"one": {
			"queue": `"VisibilityTimeout": 60`, "alarms": `"OwnRole": {`, "shop": `"REGIONAL"`,
		},
		"more": {"podcast": `"LogAggregatorStream": {`, "server": `"CidrIp": "10.0.0.0/8"`},
	} {
		archive, err := txtar.ParseFile(filepath.Join(repository(), "internal", "port", "testdata", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		all := project{dir: filepath.Join(work, name), env: append(bareEnvironment(work), "GOFLAGS=-mod=mod")}
		for _, file := range archive.Files {
			all.write(t, file.Name, string(file.Data))
		}
		all.write(t, "shop/html/index.html", "a shop")
		all.run(t, nil, sparta, "port", "-w", "-replace="+repository())
		for program, want := range programs {
			t.Run(name+"/"+program, func(t *testing.T) {
				p := project{dir: filepath.Join(all.dir, program), env: all.env}
				args := []string{"run", ".", "provision", "--noop"}
				if program == "resource" {
					args = append(args, "--org=acme") // a flag of its own
				}
				p.run(t, nil, "go", args...)
				if template := p.read(t, ".sparta/template.json"); !strings.Contains(template, want) {
					t.Errorf("the template lacks %s:\n%s", want, template)
				}
			})
		}
	}
}
