package rewrite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

// The bridge does not compile with aws-lambda-go 1.0 and 1.1.
func TestAnAWSLambdaGoThatIsTooOld(t *testing.T) {
	for text, fail := range map[string]string{
		"package lambda\n\nfunc Start(handler interface{}) {}\n":                         "require 1.2.0 or newer",
		"package lambda\n\ntype Handler interface {\n\tInvoke()\n}\n\nfunc Start() {}\n": "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "entry.go"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := lambdaTags(&gosource.Package{Dir: dir, GoFiles: []string{"entry.go"}}, gosource.Overlay{}, false)
		if (err == nil) != (fail == "") || err != nil && !strings.Contains(err.Error(), fail) {
			t.Errorf("error %v, want %q in it\n%s", err, fail, text)
		}
	}
}
