package python

import (
	"archive/zip"
	_ "embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Compiled is a zip with the bytecode of the modules that every start imports, in a folder for each of Lambda's
// runtimes. It is one file because the go command reads every embedded file whenever mage starts a target.
// `go tool mage bytecode` writes it.
//
//go:embed bytecode.zip
var Compiled string

// started are the modules that every start imports. The others are rarely imported.
var started = []string{"index", "_sparta/__init__", "_sparta/bootstrap"}

// Bytecode returns the bytecode files for a runtime such as "python3.13", by their names in the package. Python reads
// them instead of compiling these modules at each start. They contain a checksum of their source: if that has changed,
// Python compiles it as usual. For a runtime without bytecode the result is empty.
func Bytecode(runtime string) (map[string][]byte, error) {
	compiled, err := zip.NewReader(strings.NewReader(Compiled), int64(len(Compiled)))
	if err != nil {
		return nil, fmt.Errorf("read the bytecode of Python modules: %w", err)
	}
	files := make(map[string][]byte)
	if _, err := fs.Stat(compiled, runtime); err != nil {
		return files, nil // nothing is compiled for this runtime
	}
	for _, module := range started {
		content, err := fs.ReadFile(compiled, runtime+"/"+module+".pyc")
		if err != nil {
			return nil, fmt.Errorf("read the bytecode of Python modules: %w", err)
		}
		files[inPackage(runtime, module)] = content
	}
	return files, nil
}

// inPackage returns the name under which Python looks for the bytecode of a module.
func inPackage(runtime, module string) string {
	tag := "cpython-" + strings.ReplaceAll(strings.TrimPrefix(runtime, "python"), ".", "")
	return path.Join(path.Dir(module), "__pycache__", path.Base(module)+"."+tag+".pyc")
}
