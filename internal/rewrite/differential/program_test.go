// Package differential checks that programs do the same after they have been rewritten, by running both.
package differential

import (
	"fmt"
	"strings"
)

// fragments are the files of programs: each has a function that answers to a number, and most do something particular
// if it is 7. NN is the number of the file, and ?? one that the fuzzer chooses. They use what a rewrite replaces, in
// each way in which Go lets them, and what only looks like it.
var fragments = []string{
	`import "os"

func fNN(n int) (any, error) {
	if n == 7 {
		os.Exit(3 + ??%5)
	}
	return os.Getpid() > ??%2, nil
}
`,
	`import . "os"

func fNN(n int) (any, error) {
	defer func() {
		if n == 7 {
			Exit(??%250)
		}
	}()
	return len(Args), nil
}
`,
	`import system "os"

var exitNN = system.Exit

func fNN(n int) (any, error) {
	if exit := exitNN; n == 7 {
		exit(1 + ??%9)
	}
	return []any{n, nil, "??"}, nil
}
`,
	`import "os"

type shadowNN struct{}

func (shadowNN) Exit(n int) string { return "not ended" }

func fNN(n int) (any, error) {
	_ = os.Getpid()
	os := shadowNN{}
	return os.Exit(n + ??), nil
}
`,
	`type lambdaNN struct{ n int }

func (l *lambdaNN) Start(n int) int { l.n += n; return l.n }

func fNN(n int) (any, error) {
	lambda := &lambdaNN{??}
	start := lambda.Start
	return start(n), nil
}
`,
	`import (
	"os"
	"runtime"
)

func fNN(n int) (any, error) {
	_, _, first, _ := runtime.Caller(0)
	if n < 0 { os . /* a comment */ Exit (
		??) }
	_, _, line, _ := runtime.Caller(0); func() { if n < 0 { os.Exit(line) } }(); _, _, next, _ := runtime.Caller(0)
	return [3]int{first, line, next}, nil
}
`,
	`import (
	"os"
	"path/filepath"
	"runtime"
)

func fNN(n int) (any, error) {
	if n < -1 { os.Exit(n) }
//line generated.x:??
	_, file, line, _ := runtime.Caller(0)
	return []any{filepath.Base(file), line}, nil
}
`,
	`import "fmt"

var orderNN = func() int { fmt.Println("> variable NN"); return ?? }()

func init() { fmt.Println("> init NN", orderNN) }

func init() { fmt.Println("> second init NN") }

func fNN(n int) (any, error) {
	fmt.Printf("> called with %d\n", n)
	return orderNN, nil
}
`,
	`import (
	"errors"
	"fmt"
)

type troubleNN struct{ code int }

func (t troubleNN) Error() string { return fmt.Sprint("code ", t.code) }

func fNN(n int) (any, error) {
	switch {
	case n == 7 && ??%2 == 0:
		return nil, fmt.Errorf("wrapped: %w", troubleNN{??})
	case n == 7:
		return nil, &troubleNN{n}
	}
	return errors.Is(troubleNN{1}, troubleNN{1}), nil
}
`,
	`func fNN(n int) (any, error) {
	if n == 7 {
		var m map[string]int
		m["??"] = n
	}
	i := 0
again:
	if i++; i < ??%10 {
		goto again
	}
	return i, nil
}
`,
	`import "os"

type tableNN[T any] struct{ exits map[string]func(T) }

func fNN(n int) (any, error) {
	t := tableNN[int]{map[string]func(int){"os": os.Exit}}
	if n == 7 {
		go t.exits["os"](20 + ??%20)
		select {}
	}
	return len(t.exits), nil
}
`,
	`import "os"

func fNN(n int) (any, error) {
	sparta_bridge, sparta_bridge_ := n, ??
	if sparta_bridge < 0 {
		(os.Exit)(sparta_bridge_)
	}
	return sparta_bridge + sparta_bridge_, nil
}
`,
	`import ("os"; "strings")

func fNN(n int) (any, error) { if n < 0 { defer os.Exit(1) }; return strings.Repeat("größe", ??%4), nil } // os.Exit
`,
	`import "os"

type Exit struct{ Exit, os int }

func (e Exit) mNN() int { if e.Exit < 0 { os.Exit(e.os) }; return e.Exit }

func fNN(n int) (any, error) { return Exit{n, ??}.mNN(), nil }
`,
}

// starts are the ways in which main serves.
var starts = []struct{ imports, text string }{
	{`"github.com/aws/aws-lambda-go/lambda"`, `lambda.Start(handle)`},
	{`l "github.com/aws/aws-lambda-go/lambda"`, `l.Start(handle)`},
	{`. "github.com/aws/aws-lambda-go/lambda"`, `Start(handle)`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `lambda.StartHandler(lambda.NewHandler(handle))`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `lambda.StartHandlerFunc(handle)`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `lambda.StartWithOptions(handle, lambda.WithSetEscapeHTML(true))`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `start := lambda.Start; start(handle)`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `defer lambda.Start(handle)`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `func(serve func(any)) { serve(handle) }(lambda.Start)`},
	{`"github.com/aws/aws-lambda-go/lambda"`, `for { lambda.Start(handle) }`},
}

// mostFragments is how many fragments a program has. The more, the more is checked in the time of one build.
const mostFragments = 16

// program makes the files of a program of the fuzzer's bytes, and says how many functions it has.
func program(from []byte) (files map[string]string, functions int) {
	next := func() int {
		if len(from) == 0 {
			return 0
		}
		b := from[0]
		from = from[1:]
		return int(b)
	}
	start := starts[next()%len(starts)]
	functions = min(len(from)/2, mostFragments-1) + 1
	files = map[string]string{}
	var table strings.Builder
	hasExit := false
	for i := range functions {
		text := fragments[next()%len(fragments)]
		if strings.Contains(text, "type Exit ") || strings.Contains(text, `. "os"`) {
			if hasExit {
				text = fragments[0] // the package has a type of that name, or the dot import would hide one
			}
			hasExit = true
		}
		text = strings.ReplaceAll(text, "NN", fmt.Sprint(i))
		text = strings.ReplaceAll(text, "??", fmt.Sprint(1+next()))
		files[fmt.Sprintf("f%d.go", i)] = "package main\n\n" + text
		fmt.Fprintf(&table, "f%d, ", i)
	}
	files["main.go"] = fmt.Sprintf(`package main

import (
	"context"
	"fmt"

	%s
)

type order struct{ F, N int }

var table = []func(int) (any, error){%s}

func handle(_ context.Context, o order) (any, error) { return table[o.F](o.N) }

func main() {
	fmt.Println("> main")
	%s
}
`, start.imports, table.String(), start.text)
	return files, functions
}
