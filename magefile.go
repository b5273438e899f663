//go:build mage

// The targets for working on this project. The targets that users import are in spartamage; package sparta,
// which used to be in this folder, is in sparta/.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/magefile/mage/mg"

	"github.com/go-sparta/sparta/internal/chores"
	//mage:import
	_ "github.com/go-sparta/sparta/internal/chores/endurance"
	//mage:import
	_ "github.com/go-sparta/sparta/internal/chores/figures"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// Test runs all tests and lists what was skipped and why.
//
// SPARTA_TEST_REQUIRE is a comma-separated list of docker, aws, awslambdaric, chromium, gdb, dlv, valgrind, gcc,
// python, modules and cyclonedx: tests that need one of these fail if it is missing, instead of being skipped.
func Test(
	ctx context.Context,
	busy *int, // how many processes keep the machine busy meanwhile (default 0)
) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	if busy != nil {
		loops, err := chores.StartBusy(ctx, *busy)
		if err != nil {
			return err
		}
		defer loops.End()
	}
	modules, err := chores.Find(".", "go.mod")
	if err != nil {
		return err
	}
	if err := Fetch(ctx); err != nil { // tests that need the modules are skipped or fail
		fmt.Fprintln(os.Stderr, err)
	}
	var tally chores.Tally
	var failures []error
	for _, file := range modules {
		dir := path.Dir(file)
		if dir == "tools" { // pins the linters; contains no code
			continue
		}
		// With the race detector, the tests of the whole product need more than the usual 10 minutes on two
		// cores. Results are not cached, because go test does not see the inputs of commands that tests run.
		test := []string{"test", "-race", "-count=1", "-timeout=40m", "-json"}
		groups := [][]chores.Command{{chores.Go(append(test, "./...")...).In(dir)}}
		if dir == "." {
			// Two runs would compile the same packages at the same time.
			compile := chores.Go("list", "-race", "-export", "-deps", "-test", "-f=", "./internal/product")
			failures = append(failures, compile.Run(ctx, io.Discard, os.Stderr))
			groups = [][]chores.Command{
				{
					// The longest come first, so that the others keep the second processor busy beside them. Most tests
					// of the whole product wait for one command after the other, so its scripts run at the same time.
					chores.Go(append(test, "-skip=^TestProduct$", "./internal/product", "./provision", "./...")...),
					chores.Go(append(test, "-run=^TestProduct$", "./internal/product")...),
				},
				{chores.Go(append(test, "-tags=lambdabinary", "./cgo/...")...)},
			}
		}
		for _, commands := range groups {
			for i := range commands {
				// Each process with the race detector would otherwise wait for a second before it ends.
				commands[i] = commands[i].With("GORACE=atexit_sleep_ms=0")
			}
			one, err := chores.GoTests(ctx, commands, os.Stdout, mg.Verbose())
			tally.Add(one)
			failures = append(failures, err)
		}
	}
	one, err := chores.PythonTests(ctx, ".", os.Stdout)
	tally.Add(one)
	failures = append(failures, err)

	tally.Report(os.Stdout)
	return errors.Join(failures...)
}

// Pythons loads a library into each Python of this machine and writes docs/pythons.md.
func Pythons(ctx context.Context) error {
	command := chores.Go("test", "-count=1", "-run=^TestEveryPython$", "-v", "./internal/product", "-update")
	return command.Run(ctx, os.Stdout, os.Stderr)
}

// Bytecode compiles the Python files that every start imports, for each of Lambda's runtimes that this machine has.
func Bytecode(ctx context.Context) error {
	command := chores.Go("test", "-count=1", "-run=^TestBytecode$", "-v", "./spartamage/python", "-update")
	return command.Run(ctx, os.Stdout, os.Stderr)
}

// browserTests is the folder of a module of its own: only it needs the driver of the browser.
const browserTests = "internal/explore/browser"

// nextGo is the Go release after the one that go.mod names.
const nextGo = "go1.27.3"

// TestNext builds, invokes, provisions and compares JSON with the next Go release.
//
// It builds with that release on the host. The go command downloads it if necessary.
func TestNext(ctx context.Context) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	var tally chores.Tally
	var failures []error
	for _, args := range [][]string{
		{"./cgo/...", "./examples/..."},
		{"-tags=lambdabinary", "./cgo/..."},
		{"-run=^TestProduct$/^(application|deploy|seed|start)$", "./internal/product"},
		{"-run=^(TestResponses|TestEvents|TestTypedResponse)$", "./internal/product"},
		{"-run=^(TestNoOpLeavesNothing|TestTheExampleIsDeployed)$", "./provision/..."},
	} {
		command := chores.Go(append([]string{"test", "-count=1", "-timeout=40m", "-json"}, args...)...).With(
			"GOTOOLCHAIN="+nextGo, "SPARTA_BUILDER=host", "SPARTA_TEST_REQUIRE="+chores.RequiredWithout("docker"))
		one, err := chores.GoTest(ctx, command, os.Stdout, mg.Verbose())
		tally.Add(one)
		failures = append(failures, err)
	}
	tally.Report(os.Stdout)
	return errors.Join(failures...)
}

// Check runs every static check: format, vet, linters, line lengths, modules, imports, Python syntax.
func Check(ctx context.Context) error {
	return errors.Join(
		// vet compiles all packages and their dependencies. The steps beside it need none of them, so that nothing
		// is compiled twice if the build cache is empty.
		chores.RunSteps(ctx, os.Stdout, 2, []chores.Step{
			chores.CommandStep("vet, also of magefiles and of the library build",
				chores.Go("vet", "./..."),
				chores.Go("vet", "./...").In("compat"),
				chores.Go("vet", "./...").In(browserTests),
				chores.Go("vet", "./...").In(chores.Plotter),
				chores.Go("vet", "-tags=mage", "./..."),
				chores.Go("vet", "-tags=lambdabinary", "./cgo/...")),
			{Name: "format (gofumpt)", Run: chores.Format},
			{Name: "spelling (misspell)", Run: chores.Spelling},
			{Name: "lines of at most 120 columns", Run: lines},
			{Name: "Python 3.6 syntax", Run: func(ctx context.Context, out io.Writer) error {
				return chores.PythonSyntax(ctx, ".", out)
			}},
			chores.CommandStep("go.mod is tidy",
				chores.Go("mod", "tidy", "-diff"),
				chores.Go("mod", "tidy", "-diff").In("tools"),
				chores.Go("mod", "tidy", "-diff").In("compat"),
				chores.Go("mod", "tidy", "-diff").In(browserTests),
				chores.Go("mod", "tidy", "-diff").In(chores.Plotter)),
			{
				Name: "types for macOS and Windows",
				Run:  chores.TypeCheck{Packages: "./...", Systems: []string{"darwin", "windows"}}.Check,
			},
		}),
		chores.RunSteps(ctx, os.Stdout, 2, append([]chores.Step{
			// One after the other, because each run uses what the previous one has found out about dependencies.
			chores.CommandStep("staticcheck, also of magefiles and of the library build",
				chores.Tool("staticcheck", "./..."),
				chores.Tool("staticcheck", "-tags=mage", ".", "./examples/..."),
				chores.Tool("staticcheck", "-tags=lambdabinary", "./cgo/...")),
			chores.CommandStep("doc comments and names (revive)",
				chores.Tool("revive", "-config=tools/revive.toml", "./...")),
			chores.CommandStep("errors (errorlint)",
				chores.Tool("go-errorlint", "./..."),
				chores.Tool("go-errorlint", "./cgo/...").With("GOFLAGS=-tags=lambdabinary")),
			chores.CommandStep("figures of documents are from bench/results",
				chores.Go("run", ".", "-check").In(chores.Plotter)),
			{Name: "cycles of calls between files", Run: chores.CallCycles{Packages: "./..."}.Check},
			{
				Name: "cycles of calls in the library build",
				Run:  chores.CallCycles{Packages: "./cgo/...", Tags: "lambdabinary"}.Check,
			},
		}, imports()...)),
		// All features of a service are in package sparta, as in the original Sparta, each in a small file.
		chores.SizeRule{Root: ".", Limit: 2500, Except: []string{"sparta"}, Shown: 3}.Check(os.Stdout),
		chores.Minimums(ctx, []string{"./sparta", "./cgo"}, os.Stdout),
	)
}

// imports returns the steps that check which packages are imported.
func imports() []chores.Step {
	return []chores.Step{
		{Name: "imports of spartamage", Run: chores.ImportRule{
			Package: "./spartamage",
			// mage lists all imports each time it starts a target: those of crypto/sha256 are 28 packages. net and
			// runtime/cgo contain C code: mage would need a C compiler, and would use CC for itself.
			Never: []string{
				"github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go",
				"github.com/spf13/cobra", "std/crypto/internal/fips140", "std/testing", "std/net", "std/runtime/cgo",
			},
			// Each costs a start of mage about 1 ms.
			Most: 79,
		}.Check},
		{Name: "imports of cmd/spartarun", Run: chores.ImportRule{
			Package: "./cmd/spartarun",
			// After go mod tidy of a magefile, its dependencies are downloaded, and nothing else is needed.
			Never: []string{
				"github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go",
				"github.com/spf13/cobra",
			},
		}.Check},
		{Name: "imports of cmd/sparta", Run: chores.ImportRule{
			Package: "./cmd/sparta",
			Never:   []string{"github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go-v2", "github.com/aws/smithy-go"},
		}.Check},
		{Name: "imports of cgo/bridge", Run: chores.ImportRule{
			Package: "./cgo/bridge",
			Tags:    "lambdabinary",
			Only: []string{
				"github.com/go-sparta/sparta/cgo/bridge",
				"github.com/aws/aws-lambda-go",
			},
		}.Check},
	}
}

// lines returns an error if a line is too long.
func lines(_ context.Context, out io.Writer) error {
	patterns := []string{"*.go", "*.md", "*.py", "*.html", "*.css", "*.js"}
	return chores.LineRule{Root: ".", Limit: 120, Patterns: patterns}.Check(out)
}

// Fetch downloads the modules that tests need in addition to those of go.mod.
func Fetch(ctx context.Context) error {
	return errors.Join(
		chores.FetchModules(ctx, testrequire.Modules(), os.Stderr),
		chores.FetchArchive(ctx, "internal/product/testdata/original.txtar", os.Stderr),
		chores.Go("mod", "download").In("compat").Run(ctx, os.Stderr, os.Stderr),
		chores.Go("mod", "download").In(browserTests).Run(ctx, os.Stderr, os.Stderr),
		chores.Go("mod", "download").In(chores.Plotter).Run(ctx, os.Stderr, os.Stderr),
	)
}

// Vuln looks for known vulnerabilities in what the code calls (needs the network).
//
// It is not part of check, because it needs the network, and because its result can change without a change in
// this project. CI runs both.
func Vuln(ctx context.Context) error {
	return chores.Tool("govulncheck", "./...").Run(ctx, os.Stdout, os.Stderr)
}

// Setup installs the Python tools of the tests in the user's cache folder.
func Setup(ctx context.Context) error {
	bin, err := chores.PythonTools{}.Make(ctx, os.Stderr)
	if err != nil {
		return err
	}
	_, err = fmt.Println(bin)
	return err
}

// Demo builds examples/hello and invokes it.
func Demo(ctx context.Context) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"cgo:build"},
		{"cgo:invoke", "-function=HelloWorld", `-event={"name":"Ada"}`},
	} {
		command := chores.Go(append([]string{"tool", "mage"}, args...)...).In("examples/hello")
		fmt.Fprintf(os.Stderr, "examples/hello$ %s\n", command)
		if err := command.Run(ctx, os.Stdout, os.Stderr); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	return nil
}

// Screenshot makes the pictures of the console in the documents.
func Screenshot(ctx context.Context) error {
	command := chores.Go("test", "-count=1", "-run=^TestScreenshot$", ".", "-update").In(browserTests)
	return command.Run(ctx, os.Stdout, os.Stderr)
}
