package rewrite

import (
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

const lambdaImport = `import "github.com/aws/aws-lambda-go/lambda"`

func TestSplice(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"each form of Start": {
			lambdaImport + `
func f() {
	lambda.Start(h)
	lambda.StartWithOptions(h, lambda.WithContext(ctx))
	lambda.StartHandler(h)
	lambda.StartHandlerFunc(h)
	lambda.StartHandlerFunc[In, Out](h)
	lambda.StartWithContext(ctx, h)
	lambda.StartHandlerWithContext(ctx, h)
}`,
			lambdaImport + `
func f() {
	sparta_bridge.Start(h)
	sparta_bridge.StartWithOptions(h, lambda.WithContext(ctx))
	sparta_bridge.StartHandler(h)
	sparta_bridge.StartHandlerFunc(h)
	sparta_bridge.StartHandlerFunc[In, Out](h)
	sparta_bridge.StartWithContext(ctx, h)
	sparta_bridge.StartHandlerWithContext(ctx, h)
}
var _ = lambda.Handler(nil)`,
		},
		"an alias": {
			`import aws "github.com/aws/aws-lambda-go/lambda"
func main() { aws.Start(lambda.Start) }`,
			`import aws "github.com/aws/aws-lambda-go/lambda"
func main() { sparta_bridge.Start(lambda.Start) }
var _ = aws.Handler(nil)`,
		},
		"a dot import": {
			`import . "github.com/aws/aws-lambda-go/lambda"
func main() { Start(h); x.Start(h); var y = T{Start: 1} }`,
			`import . "github.com/aws/aws-lambda-go/lambda"
func main() { sparta_bridge.Start(h); x.Start(h); var y = T{Start: 1} }
var _ = Handler(nil)`,
		},
		"a variable in the import's name": {
			lambdaImport + `
func f(lambda T) { lambda.Start(h) }
func main() { if lambda := g(); true { lambda.Start(h) }; lambda.Start(h) }`,
			lambdaImport + `
func f(lambda T) { lambda.Start(h) }
func main() { if lambda := g(); true { lambda.Start(h) }; sparta_bridge.Start(h) }
var _ = lambda.Handler(nil)`,
		},
		"Start as a value": {
			lambdaImport + `
var start = lambda.Start`,
			lambdaImport + `
var start = sparta_bridge.Start
var _ = lambda.Handler(nil)`,
		},
		"os.Exit": {
			`import "os"
func f() { os.Exit(1) }`,
			`import "os"
func f() { sparta_bridge.Exit(1) }
var _ = os.Getpid`,
		},
		"a name that is taken": {
			lambdaImport + `
func main() { sparta_bridge := 1; lambda.Start(sparta_bridge) }`,
			lambdaImport + `
func main() { sparta_bridge := 1; sparta_bridge_.Start(sparta_bridge) }
var _ = lambda.Handler(nil)`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := parseFile("/app/main.go", []byte("package main // it\n"+c.source))
			if err != nil {
				t.Fatal(err)
			}
			got := columns.ReplaceAllString(string(f.splice(gosource.BridgePath)), "")
			head, rest, _ := strings.Cut(got, "\n")
			if !strings.HasPrefix(head, "/*line /app/main.go:1:1*/package main; import sparta_bridge") ||
				!strings.HasSuffix(head, " // it") {
				t.Errorf("first line: %s", head)
			}
			rest = strings.TrimSuffix(strings.ReplaceAll(rest, " // keeps the import used", ""), "\n")
			if rest != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", rest, c.want)
			}
		})
	}
}

var columns = regexp.MustCompile(`/\*line :[0-9]+:[0-9]+\*/`)

func TestStartsTwice(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want bool
	}{
		"one after the other":              {`lambda.Start(a); lambda.Start(b)`, true},
		"a Sparta application that starts": {`cgo.Main("a", "b", nil, nil, nil); lambda.Start(b)`, true},
		"a second call in a branch":        {`lambda.Start(a); if x { lambda.Start(b) }`, true},
		"a first call in a condition": {
			`if err := cgo.Main("a", "b", nil, nil, nil); err != nil { panic(err) }; lambda.Start(b)`, true,
		},
		"in two branches":          {`if x { lambda.Start(a) } else { lambda.Start(b) }`, false},
		"a branch and the default": {`if x { lambda.Start(a) }; lambda.Start(b)`, false},
		"in two cases":             {`switch x { case 1: lambda.Start(a); case 2: lambda.Start(b) }`, false},
		"twice in a case":          {`switch x { case 1: lambda.Start(a); lambda.Start(b) }`, true},
		"as a value first":         {`start := lambda.Start; if x { start = lambda.Start }; start(a)`, false},
		"in a closure first":       {`f := func() { lambda.Start(a) }; if x { f() }; lambda.Start(b)`, false},
		"deferred first":           {`defer lambda.Start(a); if x { lambda.Start(b) }`, false},
		"a goto past the first":    {`if x { goto other }; lambda.Start(a); other: lambda.Start(b)`, false},
		"a goto to the second only": {
			`if x { goto last }; lambda.Start(a); lambda.Start(b); last: lambda.Start(c)`, true,
		},
		"a label of a loop":                 {`lambda.Start(a); loop: for { lambda.Start(b); break loop }`, true},
		"in a goroutine":                    {`go lambda.Start(a); select {}`, false},
		"in two goroutines":                 {`go lambda.Start(a); go lambda.Start(b)`, true},
		"in a goroutine and after it":       {`go lambda.Start(a); lambda.Start(b)`, true},
		"a goroutine and a branch":          {`go lambda.Start(a); if x { lambda.Start(b) }`, false},
		"a goroutine's closure and another": {`go func() { lambda.Start(a) }(); lambda.Start(b)`, true},
		"in a goroutine's own closure":      {`go func() { lambda.Start(a) }(); select {}`, false},
		"a function URL's":                  {`lambdaurl.Start(a); lambda.Start(b)`, true},
	} {
		t.Run(name, func(t *testing.T) {
			source := "package main\n" + lambdaImport + "\nimport \"" + gosource.URLPath +
				"\"\nimport \"" + gosource.CgoPath + "\"\nfunc main() { " + c.body +
				" }\nvar _ = cgo.NewSession\nvar _ = cgo.Config"
			f, err := parseFile("main.go", []byte(source))
			if err != nil {
				t.Fatal(err)
			}
			first, second, _ := f.startsTwice()
			if got := second != nil; got != c.want {
				t.Fatalf("starts twice: %v, want %v (%v, %v)", got, c.want, first, second)
			}
			if !f.sessions || !f.configs {
				t.Error("cgo.NewSession or cgo.Config was not seen")
			}
		})
	}
}

func TestReferencesThatNeedTheSessionAreFound(t *testing.T) {
	for name, want := range map[string]bool{
		"NewSession": true, "UserAccountScopedStackName": true, "Config": false, "Main": false,
	} {
		source := "package main\nimport \"" + gosource.CgoPath + "\"\nfunc main() {}\nvar _ = cgo." + name
		if f, err := parseFile("main.go", []byte(source)); err != nil || f.sessions != want {
			t.Errorf("cgo.%s needs the SDK v1: %v (error: %v), want %v", name, f.sessions, err, want)
		}
	}
}

func TestReferencesThatNeedTheCommandLineAreFound(t *testing.T) {
	for name, want := range map[string]bool{
		"CommandLineOptions": true, "CommandLineOptionsHook": true, "ParseOptions": true, "OptionsGlobal": false,
	} {
		source := "package main\nimport \"" + gosource.SpartaPath + "\"\nfunc main() {}\nvar _ = sparta." + name
		if f, err := parseFile("main.go", []byte(source)); err != nil || f.commands != want {
			t.Errorf("sparta.%s needs package cobra: %v (error: %v), want %v", name, f.commands, err, want)
		}
	}
}
