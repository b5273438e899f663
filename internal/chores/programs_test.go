package chores

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The complete programs of documents are examples, which the other tests build.
func TestProgramsOfDocumentsAreExamples(t *testing.T) {
	for document, example := range map[string]string{"api.md": "api", "site.md": "site"} {
		program, err := os.ReadFile(filepath.Join("../../examples", example, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join("../../docs", document))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "```go\n"+string(program)+"```\n") {
			t.Errorf("docs/%s does not have the current program of examples/%s", document, example)
		}
	}
}
