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

// GoTest runs a `go test -json` command, writes a line a package and the output of the tests that
// failed (of all tests if verbose), and counts. Writes to out come from one goroutine at a time.
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
		reader.CloseWithError(err) // unblocks a writer whose output nobody reads any more
	}
	err = errors.Join(<-ended, err)
	out.Write(stderr.Bytes())
	return tally, err
}

// event is what `go test -json` says in a line (go doc test2json).
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64 // seconds
}

// key names one test of one package; an empty test is the package itself.
type key struct{ pkg, test string }

// readEvents turns the lines of `go test -json` into what a person reads, and counts.
func readEvents(in io.Reader, out io.Writer, verbose bool) (Tally, error) {
	var tally Tally
	output := map[key]*strings.Builder{} // of tests that have not ended well
	var order []key
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil {
				out.Write(line) // not an event: the go command's own words
			} else {
				k := key{e.Package, e.Test}
				switch {
				case e.Action == "build-output":
					io.WriteString(out, e.Output)
				case e.Action == "output":
					if verbose {
						io.WriteString(out, e.Output)
					}
					if output[k] == nil {
						output[k] = &strings.Builder{}
						order = append(order, k)
					}
					output[k].WriteString(e.Output)
				case e.Test != "":
					tally.count(e, output[k])
					if e.Action == "pass" || e.Action == "skip" {
						delete(output, k)
					}
				case e.Action == "pass" || e.Action == "fail" || e.Action == "skip":
					if !verbose {
						printPackage(out, e, output, order)
					}
					order = slices.DeleteFunc(order, func(k key) bool { return k.pkg == e.Package })
				}
			}
		}
		if err == io.EOF {
			return tally, nil
		}
		if err != nil {
			return tally, fmt.Errorf("read go test's output: %w", err)
		}
	}
}

// count adds the end of a test, if e is one, to the tally.
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

// printPackage writes the line of a package that ended and, if it failed, the output of the tests
// that did not end well: those that failed and those that were running when a panic or the time
// limit ended the process.
func printPackage(out io.Writer, e event, output map[key]*strings.Builder, order []key) {
	switch e.Action {
	case "pass":
		fmt.Fprintf(out, "ok   %6.1fs  %s\n", e.Elapsed, e.Package)
	case "fail":
		fmt.Fprintf(out, "FAIL %6.1fs  %s\n", e.Elapsed, e.Package)
		for _, k := range order {
			if k.pkg == e.Package && output[k] != nil {
				io.WriteString(out, output[k].String())
			}
		}
	}
}

// location is what testing puts before a message.
var location = regexp.MustCompile(`^\S+\.go:\d+: `)

// skipReason picks the message of t.Skip out of a skipped test's output.
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
