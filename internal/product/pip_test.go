package product

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// TestPythonPackageBesideGo runs the targets of examples/pip, which install a package, build, test and deploy. Its
// handler answers the same under each runtime client.
func TestPythonPackageBesideGo(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "awslambdaric")
	if out, err := exec.Command("python3", "-m", "pip", "--version").CombinedOutput(); err != nil {
		t.Skipf("this machine's python3 has no pip: %s", out)
	}
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "pip"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/pip"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.dir, "magefile.go")); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", "pip"), p.dir)
	index, version := wheel(t, "jmespath")
	p.write(t, "requirements.txt", "jmespath=="+version+"\n") // the version of the tests' tools
	p.env = append(p.env, "PIP_NO_INDEX=1", "PIP_FIND_LINKS="+index, "PIP_DISABLE_PIP_VERSION_CHECK=1")

	const answer = `{"orders":1,"total":"3.30"}` // as Go has written it
	for _, step := range []struct{ target, stdout, stderr string }{
		{"build", ".sparta/pip.zip\n", "package "},
		{"try", answer + "\n", ""},
		{"test", "", "Ran 3 tests"},
	} {
		result := p.mage(t, nil, step.target)
		if result.code != 0 || !strings.HasSuffix(result.stdout, step.stdout) ||
			!strings.Contains(result.stderr, step.stderr) {
			t.Fatalf("mage %s: exit status %d, want %q and %q\n%s%s",
				step.target, result.code, step.stdout, step.stderr, result.stdout, result.stderr)
		}
	}
	result := p.mage(t, nil, "deploy", "-noop")
	if template := p.read(t, ".sparta/template.json"); !strings.Contains(template, `"Handler": "app.handle"`) {
		t.Errorf("mage deploy -noop: exit status %d\n%s%s", result.code, result.stderr, template)
	}

	const event = "{\"query\":\"[?count > `1`]\",\"orders\":[{\"item\":\"tea\",\"price\":\"1.10\",\"count\":3}]}"
	for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
		process := run(t, p.stage(), lambdaruntime.Options{Handler: "app.handle", OwnClient: own})
		response := process.invoke(t, lambdaruntime.Request{Payload: []byte(event)})
		if response.Failed || normal(t, response.Payload) != normal(t, []byte(answer)) {
			t.Errorf("under %s: got %s, want %s", client, response.Payload, answer)
		}
		failed := process.failure(t, `{"query":"@","orders":[{"item":"tea","price":"0","count":"x"}]}`)
		if failed.ErrorType != "UnmarshalTypeError" {
			t.Errorf("under %s: an error of Go is posted as %+v", client, failed)
		}
	}
}

// wheel packs an installed Python package as pip downloads it, so that installing it needs no network. It returns the
// folder of the wheel, and the package's version.
func wheel(t *testing.T, name string) (folder, version string) {
	t.Helper()
	const find = `import importlib.metadata as m, sys
d = m.distribution(sys.argv[1])
print(d.version, d.locate_file(""), sep="\n")`
	out, err := exec.Command("python3", "-c", find, name).Output()
	if err != nil {
		t.Fatalf("find the installed package %s: %v", name, err)
	}
	version, site, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	record, err := os.Open(filepath.Join(site, name+"-"+version+".dist-info", "RECORD"))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	rows, err := csv.NewReader(record).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%s-py3-none-any.whl", name, version)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	for _, row := range rows {
		if !filepath.IsLocal(row[0]) || strings.HasSuffix(row[0], ".pyc") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(site, row[0]))
		if err != nil {
			t.Fatal(err)
		}
		entry, err := archive.Create(row[0])
		if err == nil {
			_, err = entry.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, version
}

// TestCompiledPythonPackageBesideGo installs a package with an extension module in C for the interpreter of local runs,
// in the zip and as a layer, and calls both it and Go.
func TestCompiledPythonPackageBesideGo(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "awslambdaric")
	p := newProject(t, "plain")
	// It has a wheel for each Python, and no runtime client imports its own copy before the function's.
	index, version := wheel(t, "markupsafe")
	const tag = "import sys, sysconfig; v = 'cp%d%d' % sys.version_info[:2]; " +
		"print(v, v, sysconfig.get_platform().replace('-', '_').replace('.', '_'), sep='-', end='')"
	out, err := exec.Command("python3", "-c", tag).Output()
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(index, "markupsafe-"+version+"-")
	if err := os.Rename(base+"py3-none-any.whl", base+string(out)+".whl"); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"requirements.txt": "markupsafe==" + version + "\n",
		"python/app.py": `import markupsafe
from markupsafe import _speedups
import index

def handle(event, context):
    file = _speedups.__file__
    return [markupsafe.escape(event), file.rsplit(".", 1)[1], "site-packages" in file, index.handler({}, context)]
`,
		// This machine's Python of the runtime's version may lack the runtime client.
		"path/python3.13": "#!/bin/sh\nexit 127\n",
	} {
		p.write(t, name, content)
	}
	if err := os.Chmod(filepath.Join(p.dir, "path", "python3.13"), 0o755); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.env, "PATH="+filepath.Join(p.dir, "path")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PIP_NO_INDEX=1", "PIP_FIND_LINKS="+index, "SPARTA_PYTHON_DIR=python", "SPARTA_REQUIREMENTS=requirements.txt")
	result := p.mage(t, nil, "cgo:invoke", "-function=app.handle", `-event="a & b"`)
	if !strings.HasPrefix(result.stdout, `["a &amp; b", "so", false, `) {
		t.Fatalf("exit status %d, %s\n%s", result.code, result.stdout, result.stderr)
	}
	again := p.mage(t, nil, "cgo:invoke", "-function=app.handle", `-event="a & b"`)
	if !strings.Contains(again.stderr, "unchanged ") || again.stdout != result.stdout {
		t.Errorf("again: exit status %d, %s\n%s", again.code, again.stdout, again.stderr)
	}
	p.write(t, "python/app.py", "def handle(event, context):\n    return 1\n")
	changed := p.mage(t, nil, "cgo:invoke", "-function=app.handle", "-event={}")
	if changed.stdout != "1\n" {
		t.Errorf("after a change: exit status %d, %s\n%s", changed.code, changed.stdout, changed.stderr)
	}
	refused := p.mage(t, nil, "cgo:build") // there is no wheel for Lambda's python3.13
	if refused.code == 0 || !strings.Contains(refused.stderr, "has no wheel for python3.13, x86_64, glibc 2.34") {
		t.Errorf("without a wheel: exit status %d\n%s", refused.code, refused.stderr)
	}
	p.write(t, "python/Index.py", "")
	refused = p.mage(t, []string{"SPARTA_REQUIREMENTS="}, "cgo:build")
	if refused.code == 0 || !strings.Contains(refused.stderr, "Index.py in python would replace Sparta's own module") {
		t.Errorf("with a module called index: exit status %d\n%s", refused.code, refused.stderr)
	}
}
