package rewrite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

// FuzzTransform checks that source that parses still parses after it is rewritten, and that each of its names
// keeps its file and line.
func FuzzTransform(f *testing.F) {
	for _, source := range []string{
		"package main\n\nimport \"github.com/aws/aws-lambda-go/lambda\"\n\nfunc main() { lambda.Start(nil) }\n",
		"// doc\npackage main // c\nimport . \"github.com/aws/aws-lambda-go/lambda\"\nfunc main() {\n\tStart(nil)\n}",
		"//go:build linux\n\npackage main; import l `github.com/aws/aws-lambda-go/lambda`\n" +
			"var s = l.Start\nfunc main() { l.StartHandlerFunc[int, int](nil) }",
		"package x\nimport (\n\"os\"\n\"C\"\n)\n//line y.go:7\nfunc f() { defer os.Exit(1); go os.Exit(2) }",
		"//line y.go:7\npackage x; import \"os\"\nfunc f() { os.Exit(g) }",
		"/*line y.go:7:3*/package x; import \"os\"; func f() { os.Exit(g) }\nfunc h() { os.Exit(g) }",
		"package x; import \"os\"; func f() { /*line :1:1*/g(os.Exit); h() }",
		"package main\nimport \"os\"\nfunc main() { os . Exit /* x */ (\n1)\n}\n/* end */",
		"package main; import \"os\"; func main() { /*line a.y:7:9*/ os.Exit(f(g)); os.Exit(h) }",
		"package main; import . \"os\"; func main() { Exit(f(g)); Exit(h) } // 'grüße'",
		"package main\r\nimport \"os\"\r\nfunc main() { os.\r\nExit(1) }\r\n// last",
		"\ufeffpackage main\nimport \"os\"\nfunc os_() { (os.Exit)(0) }",
	} {
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		file, err := parseFile("/app/main.go", source)
		if err != nil {
			return
		}
		file.secondStart()
		if len(file.replaced) == 0 {
			return
		}
		rewritten := file.splice(gosource.BridgePath)
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, "/app/main.go", rewritten, 0)
		if err != nil {
			t.Fatalf("does not parse: %v\n%s\nfrom:\n%s", err, rewritten, source)
		}
		before, after := names(file.fset, file.syntax), names(fset, syntax)
		for at, count := range before {
			if after[at] < count {
				t.Fatalf("%v was there %d times, now %d\n%s\nfrom:\n%s", at, count, after[at], rewritten, source)
			}
		}
	})
}

type nameAt struct {
	name         string
	file         string
	line, column int
}

// names counts the identifiers at each place, except those that are replaced.
func names(fset *token.FileSet, syntax *ast.File) map[nameAt]int {
	replaced := map[string]bool{}
	for _, spec := range syntax.Imports {
		if spec.Name != nil {
			replaced[spec.Name.Name] = true
		}
	}
	counts := map[nameAt]int{}
	ast.Inspect(syntax, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && !replaced[ident.Name] && ident.Name != "lambda" && ident.Name != "os" {
			at := fset.Position(ident.Pos())
			counts[nameAt{ident.Name, at.Filename, at.Line, at.Column}]++
		}
		return true
	})
	return counts
}
