package python

import (
	"archive/zip"
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/pythonversion"
)

var update = flag.Bool("update", false, "write the bytecode again")

// compile writes the bytecode of modules (arguments after the folder of the result) that are below the current folder.
const compile = `import os, py_compile, sys
for module in sys.argv[2:]:
    target = os.path.join(sys.argv[1], module + ".pyc")
    source = module + ".py"
    py_compile.compile(source, target, source, True, 0, py_compile.PycInvalidationMode.CHECKED_HASH)
`

// compare ends with an error if a module's bytecode would not be used, or is not what this Python compiles. Filenames
// do not count: Python replaces them when it reads bytecode.
const compare = `import importlib.util, marshal, os, sys
for module in sys.argv[2:]:
    source = open(module + ".py", "rb").read()
    data = open(os.path.join(sys.argv[1], module + ".pyc"), "rb").read()
    if data[:4] != importlib.util.MAGIC_NUMBER:
        sys.exit(module + ".pyc is of another version of Python")
    if data[4:8] != b"\x03\0\0\0":
        sys.exit(module + ".pyc does not compare its checksum with the source")
    if data[8:16] != importlib.util.source_hash(source):
        sys.exit(module + ".pyc is not of this " + module + ".py")
    if marshal.loads(data[16:]) != compile(source, module + ".py", "exec", dont_inherit=True, optimize=0):
        sys.exit(module + ".pyc is not what this Python compiles")
`

// runtimes are those of Lambda that packages have bytecode for.
var runtimes = []string{"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"}

// TestBytecode compares the bytecode for each runtime with what its Python compiles on this machine. With -update, it
// writes it.
func TestBytecode(t *testing.T) {
	folder := t.TempDir()
	if *update {
		for _, version := range runtimes {
			run(t, compile, version, folder)
		}
		writeBytecode(t, folder)
	} else {
		readBytecode(t, folder)
	}
	for _, version := range runtimes {
		t.Run(version, func(t *testing.T) { run(t, compare, version, folder) })
	}
}

// run runs a script in a version of Python.
func run(t *testing.T, script, version, folder string) {
	t.Helper()
	python, full := pythonversion.Find(t.Context(), version)
	if python.Path == "" && *update {
		t.Fatalf("this machine has no Python %s: neither python%s on PATH nor pyenv's", version, version)
	} else if python.Path == "" {
		t.Skipf("this machine has no Python %s: neither python%s on PATH nor pyenv's", version, version)
	}
	args := append([]string{"-c", script, filepath.Join(folder, "python"+version)}, started...)
	if out, err := exec.CommandContext(t.Context(), python.Path, args...).CombinedOutput(); err != nil {
		t.Fatalf("Python %s: %v: %s(if the Python files have changed: go tool mage bytecode)", full, err, out)
	}
}

// writeBytecode writes the archive: bytes that depend on nothing but the bytecode.
func writeBytecode(t *testing.T, folder string) {
	t.Helper()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, version := range runtimes {
		for _, module := range started {
			name := "python" + version + "/" + module + ".pyc"
			content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			file, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
			if err == nil {
				_, err = file.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("bytecode.zip", archive.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readBytecode(t *testing.T, folder string) {
	t.Helper()
	archive, err := zip.OpenReader("bytecode.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if err := os.CopyFS(folder, archive); err != nil {
		t.Fatal(err)
	}
}

// TestBytecodeIsForEachModule holds on a machine without these Pythons, too.
func TestBytecodeIsForEachModule(t *testing.T) {
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range runtimes {
		runtime := "python" + version
		files, err := Bytecode(runtime)
		if err != nil || len(files) != len(started) {
			t.Errorf("%s has %d files of bytecode, error %v", runtime, len(files), err)
		}
		for _, module := range started {
			content := files[inPackage(runtime, module)]
			if len(content) < 100 || bytes.Contains(content, []byte(folder)) {
				t.Errorf("bytecode of %s for %s: %d bytes, or a folder of the machine that made it", module, runtime,
					len(content))
			}
		}
	}
	if got := inPackage("python3.13", "index"); got != "__pycache__/index.cpython-313.pyc" {
		t.Errorf("the bytecode of index is in %s", got)
	}
}

// TestRuntimesWithoutBytecode fails if Lambda has a new runtime that packages have no bytecode for.
func TestRuntimesWithoutBytecode(t *testing.T) {
	var without []string
	for _, runtime := range elfcheck.Runtimes() {
		files, err := Bytecode(runtime.Python)
		if err != nil {
			t.Error(err)
		}
		if len(files) == 0 {
			without = append(without, runtime.Python)
		}
	}
	if want := []string{"python3.6", "python3.7", "python3.8"}; !slices.Equal(without, want) {
		t.Errorf("the runtimes without bytecode are %q, want %q", without, want)
	}
}
