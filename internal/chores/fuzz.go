package chores

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fuzz runs fuzz targets, as many at a time as there are processors, so that each has one of its own.
type Fuzz struct {
	Root       string        // the module's folder; empty means the current one
	Time       time.Duration // for all targets; 0 means 30 seconds each
	Only       string        // run only targets whose names contain this
	Go         string        // the toolchain, as in GOTOOLCHAIN; empty means the usual one
	Processors int           // 0 means all
}

const (
	fuzzTime = 30 * time.Second // how long a target runs, by default
	// mostTime is the longest that a target runs because it has executed only known inputs.
	mostTime = 5 * time.Minute
)

// Run runs the targets, each for its share of the time, which does not include compiling it, or for longer if it has
// not executed a new input by then. It writes a line for each.
// If one fails, it writes what go test has printed and where the input is that failed, and goes on with the others.
func (f Fuzz) Run(ctx context.Context, out io.Writer) error {
	targets, err := fuzzTargets(cmp.Or(f.Root, "."))
	if err != nil {
		return err
	}
	var chosen []fuzzTarget
	var names []string
	for _, target := range targets {
		names = append(names, target.name)
		if strings.Contains(target.name, f.Only) {
			chosen = append(chosen, target)
		}
	}
	if len(chosen) == 0 {
		return fmt.Errorf("no name of a fuzz target contains %q: there are %s", f.Only, strings.Join(names, ", "))
	}
	processors := cmp.Or(f.Processors, runtime.GOMAXPROCS(0))
	atOnce := min(processors, len(chosen))
	each := fuzzTime
	if f.Time > 0 {
		each = max(f.Time*time.Duration(atOnce)/time.Duration(len(chosen)), time.Second)
	}
	fmt.Fprintf(out, "%d targets, %v each, %d at a time, with %s\n", len(chosen), each.Round(100*time.Millisecond),
		atOnce, cmp.Or(f.Go, "the usual Go"))
	var (
		mu     sync.Mutex // guards out and failed
		failed []string
	)
	atATime(atOnce, chosen, func(_ int, target fuzzTarget) {
		if ctx.Err() != nil {
			return
		}
		began := time.Now()
		report, err := untilExecuted(each, func(limit time.Duration) (string, error) {
			return f.run(ctx, target, limit, processors/atOnce)
		})
		took := time.Since(began).Seconds()

		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			fmt.Fprintf(out, "ok   %6.1fs  %s %s: %s\n", took, target.name, target.folder, executions(report))
			return
		}
		fmt.Fprintf(out, "FAIL %6.1fs  %s %s\n%s", took, target.name, target.folder, report)
		failed = append(failed, target.failure(report))
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d fuzz targets failed:\n%s", len(failed), len(chosen), strings.Join(failed, "\n"))
	}
	return nil
}

// run runs one target in so many processes.
func (f Fuzz) run(
	ctx context.Context, target fuzzTarget, each time.Duration, processes int,
) (report string, err error) {
	command := Go("test", "-run=^$", "-fuzz=^"+target.name+"$", "-fuzztime="+each.String(),
		fmt.Sprintf("-parallel=%d", processes), "-tags="+target.tags, target.folder).In(f.Root)
	if f.Go != "" {
		command = command.With("GOTOOLCHAIN=" + f.Go)
	}
	var output bytes.Buffer
	err = command.Run(ctx, &output, &output)
	if err != nil && onlyOutOfTime(output.String()) {
		err = nil
	}
	return output.String(), err
}

var failingInput = regexp.MustCompile(`Failing input written to (\S+)`)

// failure says which input has made the target fail.
func (t fuzzTarget) failure(report string) string {
	match := failingInput.FindStringSubmatch(report)
	if match == nil {
		return fmt.Sprintf("  %s in %s: no input was written", t.name, t.folder)
	}
	return fmt.Sprintf("  %s: the input is %s: go test -tags=%s -run=^%s/%s$ %s",
		t.name, path.Join(t.folder, match[1]), t.tags, t.name, path.Base(match[1]), t.folder)
}

// onlyOutOfTime reports whether a target has failed only because its time was over in the middle of an execution,
// which package testing takes for a failure now and then.
func onlyOutOfTime(report string) bool {
	if failingInput.MatchString(report) || !strings.Contains(report, "\n    context deadline exceeded\n") {
		return false
	}
	return !strings.Contains(report, "panic") && !strings.Contains(report, "_test.go:")
}

// untilExecuted runs a target, and again for four times as long if it has executed nothing but known inputs, which come
// first and prove nothing new. Their number grows with what has been found, and a slow machine, or a target that
// compiles, takes longer for them.
func untilExecuted(each time.Duration, run func(time.Duration) (string, error)) (report string, err error) {
	for {
		report, err = run(each)
		if err != nil || each >= mostTime {
			return report, err
		}
		if count, _ := executed(report); count > 0 {
			return report, nil
		}
		each = min(4*each, mostTime)
	}
}

var (
	knownInputs       = regexp.MustCompile(`(?:baseline coverage|seed corpus): \d+/(\d+) completed`)
	progressOfFuzzing = regexp.MustCompile(`execs: (\d+) (?:.*new interesting: (\d+))?`)
)

// executed returns how many new inputs a target has been executed with, and how many of them are kept.
func executed(report string) (count int, kept string) {
	matches := progressOfFuzzing.FindAllStringSubmatch(report, -1)
	if len(matches) == 0 {
		return 0, "0"
	}
	last := matches[len(matches)-1]
	count, _ = strconv.Atoi(last[1])
	if known := knownInputs.FindStringSubmatch(report); known != nil {
		number, _ := strconv.Atoi(known[1])
		count -= number // go test counts them, too
	}
	return max(0, count), cmp.Or(last[2], "0")
}

// executions says how much a target has done.
func executions(report string) string {
	count, kept := executed(report)
	if count == 0 {
		return "no execution"
	}
	return fmt.Sprintf("%d executions, %s new inputs", count, kept)
}
