package typed

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// All of aws-lambda-go's event types are compared with encoding/json. A version that has more of them names what to
// add to eventTypes.
func TestNoEventTypeIsMissing(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/aws/aws-lambda-go/events").Output()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, value := range eventTypes {
		known[reflect.TypeOf(value).Name()] = true
	}
	structs := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if _, isStruct := spec.Type.(*ast.StructType); isStruct && spec.Name.IsExported() {
				structs++
				if !known[spec.Name.Name] {
					t.Errorf("eventTypes lacks %s of %s", spec.Name.Name, filepath.Base(path))
				}
			}
			return true
		})
	}
	if structs < 200 {
		t.Errorf("there are %d types in %d files", structs, len(paths))
	}
}
