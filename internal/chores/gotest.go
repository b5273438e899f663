package chores

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// GoTest runs a `go test -json` command and counts the tests. It writes one line per package and the output of
// failed tests (of all tests if verbose), from one goroutine at a time.
func GoTest(ctx context.Context, command Command, out io.Writer, verbose bool) (Tally, error) {
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	var stderr bytes.Buffer
	go func() {
		err := command.Run(ctx, writer, &stderr)
		writer.Close()
		ended <- err
	}()
	tally, err := readEvents(reader, out, verbose)
	if err != nil {
		reader.CloseWithError(err) // unblocks the writer, whose output nobody reads now
	}
	err = errors.Join(<-ended, err)
	out.Write(stderr.Bytes())
	return tally, err
}

// event is one line of `go test -json` (go doc test2json).
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64 // seconds
}

// key names one test of one package; an empty test is the package itself.
type key struct{ pkg, test string }

// readEvents turns the lines of `go test -json` into readable output and counts the tests.
func readEvents(in io.Reader, out io.Writer, verbose bool) (Tally, error) {
	t := transcript{out: out, verbose: verbose, output: map[key]*strings.Builder{}, blamed: map[string]bool{}}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) == nil {
				t.add(e)
			} else {
				out.Write(line) // output of the go command itself
			}
		}
		if err == io.EOF {
			return t.tally, nil
		}
		if err != nil {
			return t.tally, fmt.Errorf("read go test's output: %w", err)
		}
	}
}

// transcript is the state of a run of tests.
type transcript struct {
	out     io.Writer
	verbose bool
	tally   Tally
	output  map[key]*strings.Builder // of tests that have not passed
	order   []key                    // the keys of output, in the order of their first line
	blamed  map[string]bool          // packages with a failed test
}

func (t *transcript) add(e event) {
	k := key{e.Package, e.Test}
	switch {
	case e.Action == "build-output":
		io.WriteString(t.out, e.Output)
	case e.Action == "output":
		if t.verbose {
			io.WriteString(t.out, e.Output)
		}
		if t.output[k] == nil {
			t.output[k] = &strings.Builder{}
			t.order = append(t.order, k)
		}
		t.output[k].WriteString(e.Output)
	case e.Action != "pass" && e.Action != "fail" && e.Action != "skip":
	case e.Test != "":
		t.tally.count(e, t.output[k])
		if e.Action == "fail" {
			t.blamed[e.Package] = true
		} else {
			delete(t.output, k)
		}
	default:
		t.endPackage(e)
	}
}

// endPackage writes the line of a package that has ended and, if it failed, the output of the tests that have
// not passed: those that failed, and those that were running when a panic or the time limit ended the process.
func (t *transcript) endPackage(e event) {
	if e.Action == "fail" && !t.blamed[e.Package] { // it did not build, or its process exited
		t.tally.Failed++
	}
	if !t.verbose && e.Action != "skip" {
		verdict := map[string]string{"pass": "ok  ", "fail": "FAIL"}[e.Action]
		fmt.Fprintf(t.out, "%s %6.1fs  %s\n", verdict, e.Elapsed, e.Package)
	}
	t.order = slices.DeleteFunc(t.order, func(k key) bool {
		if k.pkg != e.Package {
			return false
		}
		if output := t.output[k]; output != nil && e.Action == "fail" && !t.verbose {
			io.WriteString(t.out, output.String())
		}
		delete(t.output, k)
		return true
	})
}

// count adds an event to the tally if it is the end of a test.
func (t *Tally) count(e event, output *strings.Builder) {
	switch e.Action {
	case "pass":
		t.Passed++
	case "fail":
		t.Failed++
	case "skip":
		t.Skipped = append(t.Skipped, Skip{Test: e.Package + " " + e.Test, Reason: skipReason(output)})
	}
}

// location matches the file and line that package testing writes before a message.
var location = regexp.MustCompile(`^\S+\.go:\d+: `)

// skipReason returns the message of t.Skip from the output of a skipped test.
func skipReason(output *strings.Builder) string {
	if output == nil {
		return "no reason given"
	}
	var said []string
	for line := range strings.Lines(output.String()) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "=== ") || strings.HasPrefix(line, "--- ") {
			continue
		}
		said = append(said, location.ReplaceAllString(line, ""))
	}
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.Join(said, "; ")
}
