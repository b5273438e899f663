package rebuild

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gobuild"
)

func TestProblems(t *testing.T) {
	dir := t.TempDir()
	source := "package main\n\nfunc main() {\n\tx := 1\n\tprintln(y)\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	compiled := func(text string) error {
		return fmt.Errorf("build: %w", fmt.Errorf("compile: %w", &gobuild.CompileError{Text: text}))
	}
	for name, test := range map[string]struct {
		err  error
		want string // as it is written
	}{
		"the compiler's": {
			compiled("# example.com/x\n./main.go:4:2: declared and not used: x\n./main.go:5:10: undefined: y"),
			"main.go:4:2: declared and not used: x\n" +
				"      2 | \n      3 | func main() {\n>     4 |     x := 1\n      5 |     println(y)\n      6 | }\n" +
				"main.go:5:10: undefined: y\n" +
				"      3 | func main() {\n      4 |     x := 1\n>     5 |     println(y)\n      6 | }\n",
		},
		"one of several lines": {
			compiled("# x\n./gone.go:1:2: cannot use f as I value:\n\tmissing method M\n\t\thave m()"),
			"gone.go:1:2: cannot use f as I value:\n\tmissing method M\n\t\thave m()\n",
		},
		"a syntax error": {
			errors.New("build: the application does not compile:\n# x\n" +
				"main.go:6:2: syntax error: expected ';', found 'EOF'"),
			"main.go:6:2: syntax error: expected ';', found 'EOF'\n" +
				"      4 |     x := 1\n      5 |     println(y)\n>     6 | }\n",
		},
		"Python's": {
			fmt.Errorf("build: syntax error in %s:3: invalid syntax: correct it", filepath.Join(dir, "app.py")),
			"app.py:3: invalid syntax: correct it\n",
		},
		"no position": {
			errors.New("build: SPARTA_PYTHON is wrong\nuse another one"), "SPARTA_PYTHON is wrong\nuse another one\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			for _, problem := range ProblemsOf(test.err, dir) {
				problem.Write(&out, dir)
			}
			if got := strings.ReplaceAll(out.String(), dir+string(filepath.Separator), ""); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}
