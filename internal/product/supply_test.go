package product

import (
	"archive/zip"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/chores"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// bill is what the tests read of a bill of materials.
type bill struct {
	Components []struct {
		Name, Version, PURL string
		Hashes              []struct{ Alg, Content string }
		Licenses            []struct {
			License struct{ ID string }
		}
	}
}

// A package has a bill of materials that a validator of CycloneDX accepts, the licenses of others, and its provenance:
// in the zip and beside it.
func TestDocumentsOfAPackage(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "cyclonedx")
	t.Parallel()
	p := newProject(t, "plain")
	index, version := wheel(t, "jmespath")
	p.write(t, "requirements.txt", "jmespath=="+version+"\n")
	variables := []string{
		"PIP_NO_INDEX=1", "PIP_FIND_LINKS=" + index, "SPARTA_REQUIREMENTS=requirements.txt",
		"SPARTA_LDFLAGS=-X main.version=canary -r /opt/canary",
	}
	p.build(t, variables...)

	found := entries(t, filepath.Join(p.dir, ".sparta", "plain.zip"))
	beside := p.read(t, ".sparta/plain.cdx.json")
	if found["_sparta/sbom.cdx.json"] != beside ||
		found["_sparta/notices.txt"] != p.read(t, ".sparta/plain.notices.txt") {
		t.Error("the documents in the zip are not those beside it")
	}
	p.run(t, nil, "python3", "-c", `import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
sys.exit(str(problem) if problem else 0)`, ".sparta/plain.cdx.json")

	var bom bill
	if err := json.Unmarshal([]byte(beside), &bom); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range bom.Components {
		line := c.PURL
		for _, l := range c.Licenses {
			line += " " + l.License.ID
		}
		for _, h := range c.Hashes {
			line += fmt.Sprintf(" %s of %d digits", h.Alg, len(h.Content))
		}
		got = append(got, line)
	}
	want := []string{
		"pkg:golang/github.com/go-sparta/sparta MIT",
		"pkg:pypi/jmespath@" + version + " MIT SHA-256 of 64 digits",
	}
	info, err := buildinfo.ReadFile(filepath.Join(p.stage(), "bin", "plain.so"))
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, "pkg:golang/stdlib@"+strings.TrimPrefix(info.GoVersion, "go")+" BSD-3-Clause")
	for _, m := range info.Deps {
		want = append(want, "pkg:golang/"+m.Path+"@"+m.Version+" Apache-2.0")
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the components are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	for name, text := range map[string]string{
		"the bill": beside, "the notices": found["_sparta/notices.txt"],
		"the provenance":                found["_sparta/provenance.json"],
		"the provenance beside the zip": p.read(t, ".sparta/plain.provenance.json"),
	} {
		for _, part := range []string{"canary", filepath.Dir(p.dir), os.Getenv("HOME") + "/"} {
			if strings.Contains(text, part) {
				t.Errorf("%s has %q, which is a secret or a path of this machine", name, part)
			}
		}
	}
	for _, part := range []string{
		"jmespath " + version + " (Python)\n", "Apache License", "The Go Authors", "Permission is hereby granted",
	} {
		if !strings.Contains(found["_sparta/notices.txt"], part) {
			t.Errorf("the notices lack %q", part)
		}
	}
	for _, part := range []string{`"-X"`, `"main.version=…"`, `"go": "` + info.GoVersion, `"source": "blake2b-256:`} {
		if !strings.Contains(found["_sparta/provenance.json"], part) {
			t.Errorf("the provenance in the zip lacks %s:\n%s", part, found["_sparta/provenance.json"])
		}
	}
	if strings.Contains(found["_sparta/provenance.json"], "builder") ||
		!strings.Contains(p.read(t, ".sparta/plain.provenance.json"), `"builder": {`) {
		t.Error("what has compiled the library is in the zip, or not beside it")
	}

	// Documents that are lost, or of another package of the name, are made again without compiling.
	if err := os.Remove(filepath.Join(p.dir, ".sparta", "plain.cdx.json")); err != nil {
		t.Fatal(err)
	}
	if result := p.build(t, variables...); !strings.Contains(result.stderr, "unchanged ") ||
		p.read(t, ".sparta/plain.cdx.json") != beside {
		t.Errorf("the lost document is not made again:\n%s", result.stderr)
	}
	p.build(t, "SPARTA_BARE=true")
	if found := entries(t, filepath.Join(p.dir, ".sparta", "plain.zip")); found["_sparta/sbom.cdx.json"] != "" ||
		strings.Contains(p.read(t, ".sparta/plain.cdx.json"), "jmespath") {
		t.Error("a bare package has documents, or those beside it are of another package")
	}
	p.build(t, variables...)
	if p.read(t, ".sparta/plain.cdx.json") != beside {
		t.Error("the documents are not those of the package that was built last")
	}
}

// entries returns the contents of the files in a zip.
func entries(t *testing.T, path string) map[string]string {
	t.Helper()
	reader, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	found := map[string]string{}
	for _, file := range reader.File {
		in, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		found[file.Name] = string(content)
	}
	return found
}

// cgo:verify builds the package again, and names what is not the same.
func TestAPackageIsVerified(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	result := p.mage(t, nil, "cgo:verify")
	if result.code == 0 || !strings.Contains(result.stderr, "there is no record") {
		t.Errorf("without a package: exit status %d\n%s", result.code, result.stderr)
	}
	p.build(t)
	before := p.zipSum()
	for _, test := range []struct {
		name   string
		change func()
		stdout string
		errs   []string
	}{
		{name: "nothing has changed", stdout: ".sparta/plain.zip is what its sources make"},
		{name: "a comment", change: func() {
			p.write(t, "main.go", p.read(t, "main.go")+"// The end.\n")
		}, errs: []string{
			"_sparta/provenance.json: other content",
			"likely because these sources have changed: example.com/plain/main.go",
			"the package that was built again is .sparta/verify/plain.zip",
		}},
		{name: "another answer", change: func() {
			p.write(t, "internal/stamp/stamp.go", "package stamp\n\nconst Stamp = \"1\"\n")
		}, errs: []string{"bin/plain.so: ", "example.com/plain/internal/stamp/stamp.go, example.com/plain/main.go"}},
	} {
		if test.change != nil {
			test.change()
		}
		result := p.mage(t, nil, "cgo:verify")
		if (result.code == 0) != (test.errs == nil) || !strings.HasPrefix(result.stdout, test.stdout) {
			t.Errorf("%s: exit status %d\n%s%s", test.name, result.code, result.stdout, result.stderr)
		}
		for _, part := range test.errs {
			if !strings.Contains(result.stderr, part) {
				t.Errorf("%s: the error lacks %q:\n%s", test.name, part, result.stderr)
			}
		}
		if p.zipSum() != before {
			t.Errorf("%s: the package has changed", test.name)
		}
	}
	result = p.mage(t, []string{"SPARTA_BARE=true"}, "cgo:verify")
	if result.code == 0 || !strings.Contains(result.stderr, "only one of the two was built with SPARTA_BARE=true") {
		t.Errorf("with the documents only beside the zip: exit status %d\n%s", result.code, result.stderr)
	}
	result = p.mage(t, []string{"SPARTA_PYTHON=python3.12"}, "cgo:verify")
	if result.code == 0 || !strings.Contains(result.stderr, `the Python runtime was "python3.13" and is "python3.12"`) {
		t.Errorf("with another setting: exit status %d\n%s", result.code, result.stderr)
	}
	p.write(t, ".sparta/plain.zip", "PK")
	if result := p.mage(t, nil, "cgo:verify"); result.code == 0 || !strings.Contains(result.stderr, "plain.zip") {
		t.Errorf("a zip that is none: exit status %d\n%s", result.code, result.stderr)
	}
	if err := os.Remove(filepath.Join(p.dir, ".sparta", "plain.zip")); err != nil {
		t.Fatal(err)
	}
	result = p.mage(t, nil, "cgo:verify")
	if result.code == 0 || !strings.Contains(result.stderr, "build it with cgo:build") ||
		strings.Contains(result.stderr, "compile ") {
		t.Errorf("without the zip: exit status %d\n%s", result.code, result.stderr)
	}
}

// A package is built again in the image that has compiled it, whatever the image's name is now, and -deployed compares
// the code of the deployed function with it.
func TestADeployedPackageOfAContainerIsVerified(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "docker", "aws")
	p := newProject(t, "plain")
	account := testaws.Start(t).Account(t)
	for name, value := range account.Settings() {
		p.env = append(p.env, name+"="+value)
	}
	// Moto's address of code is one of AWS, which no test may ask.
	p.env = append(p.env, "SPARTA_BUILDER=docker", "HTTPS_PROXY=http://127.0.0.1:1", "https_proxy=http://127.0.0.1:1")
	if result := p.mage(t, nil, "cgo:provision"); result.code != 0 {
		t.Fatalf("cgo:provision: exit status %d\n%s", result.code, result.stderr)
	}
	result := p.mage(t, nil, "cgo:verify", "-deployed")
	if result.code != 0 || !strings.Contains(result.stdout, ".sparta/plain.zip is what its sources make") ||
		!strings.Contains(result.stdout, " runs .sparta/plain.zip: its code has the same bytes (SHA-256 ") {
		t.Errorf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	if !strings.Contains(result.stderr, " sha256:") {
		t.Errorf("the image is not named by its ID:\n%s", result.stderr)
	}
	p.write(t, "motto.txt", "large")
	p.build(t)
	result = p.mage(t, nil, "cgo:verify", "-deployed")
	if result.code == 0 || !strings.Contains(result.stdout, "is what its sources make") ||
		!strings.Contains(result.stderr, "it runs other code than .sparta/plain.zip") {
		t.Errorf("with another package: exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
}

// vulnerable is a database in which each version of aws-lambda-go has a vulnerability.
var vulnerable = map[string]string{
	"index/db.json": `{"modified":"2026-01-01T00:00:00Z"}`,
	"index/modules.json": `[{"path":"github.com/aws/aws-lambda-go",
		"vulns":[{"id":"GO-2026-0001","modified":"2026-01-01T00:00:00Z","fixed":"9.0.0"}]}]`,
	"index/vulns.json": `[{"id":"GO-2026-0001","modified":"2026-01-01T00:00:00Z"}]`,
	"ID/GO-2026-0001.json": `{"schema_version":"1.3.1","id":"GO-2026-0001","modified":"2026-01-01T00:00:00Z",
		"published":"2026-01-01T00:00:00Z","summary":"Start starts too much","details":"It does.",
		"affected":[{"package":{"name":"github.com/aws/aws-lambda-go","ecosystem":"Go"},
			"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"9.0.0"}]}],
			"ecosystem_specific":{"imports":[{"path":"github.com/aws/aws-lambda-go/lambda","symbols":["Start"]}]}}],
		"database_specific":{"url":"https://pkg.go.dev/vuln/GO-2026-0001"}}`,
}

// With SPARTA_VULNCHECK, a known vulnerability in what the application calls is an error or a warning.
func TestVulnerabilitiesOfAnApplication(t *testing.T) {
	needHost(t)
	t.Parallel()
	bin, db := t.TempDir(), t.TempDir()
	err := chores.Go("build", "-o", bin, "golang.org/x/vuln/cmd/govulncheck").
		In(filepath.Join(repository(), "tools")).Run(t.Context(), testWriter{t}, testWriter{t})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range vulnerable {
		if err := writeFile(filepath.Join(db, filepath.FromSlash(name)), content); err != nil {
			t.Fatal(err)
		}
	}
	p := newProject(t, "plain")
	p.env = append(p.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOVULNDB=file://"+db)
	zipped := filepath.Join(p.dir, ".sparta", "plain.zip")
	for _, test := range []struct {
		setting, say string
		fails, zip   bool
	}{
		{"true", "Error: build: the application calls code with known vulnerabilities", true, false},
		{"warn", "the application calls code with known vulnerabilities", false, true},
		{"true", "Start starts too much", true, true}, // although the package is unchanged
		{"maybe", `SPARTA_VULNCHECK must be true, warn or false, got "maybe"`, true, true},
	} {
		result := p.mage(t, []string{"SPARTA_VULNCHECK=" + test.setting}, "cgo:build")
		if (result.code != 0) != test.fails || !strings.Contains(result.stderr, test.say) {
			t.Errorf("%s: exit status %d, want %q\n%s", test.setting, result.code, test.say, result.stderr)
		}
		if _, err := os.Stat(zipped); (err == nil) != test.zip {
			t.Errorf("%s: there is a package: %v, want %v", test.setting, err == nil, test.zip)
		}
	}
	if err := writeFile(filepath.Join(db, "index", "modules.json"), "[]"); err != nil {
		t.Fatal(err)
	}
	if result := p.build(t, "SPARTA_VULNCHECK=true"); !strings.Contains(result.stderr, "no known vulnerabilities") {
		t.Errorf("without a vulnerability: %s", result.stderr)
	}
	result := p.mage(t, []string{"SPARTA_VULNCHECK=true", "GOVULNDB=file://" + db + "/none"}, "cgo:build")
	if result.code == 0 || !strings.Contains(result.stderr, "look for known vulnerabilities: ") {
		t.Errorf("without a database: exit status %d\n%s", result.code, result.stderr)
	}
}
