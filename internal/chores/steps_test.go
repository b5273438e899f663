package chores

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

func TestRunSteps(t *testing.T) {
	quiet := Step{Name: "quiet", Run: func(_ context.Context, out io.Writer) error {
		fmt.Fprintln(out, "nobody wants to see this")
		return nil
	}}
	broken := Step{Name: "broken", Run: func(_ context.Context, out io.Writer) error {
		fmt.Fprint(out, "line one\n\nline three")
		return errors.New("exit status 1")
	}}
	for name, test := range map[string]struct {
		steps       []Step
		lines, fail string
	}{
		"a step that passes prints its line only": {[]Step{quiet}, "ok      0.0s  quiet\n", ""},
		"a step that fails prints its whole output and does not stop the others": {
			[]Step{broken, quiet},
			"FAIL    0.0s  broken\n        line one\n        \n        line three\n        exit status 1\n" +
				"ok      0.0s  quiet\n",
			"1 of 2 steps failed: broken",
		},
		"each line of an error is indented": {
			[]Step{{Name: "twice", Run: func(context.Context, io.Writer) error {
				return errors.Join(errors.New("exit status 1"), errors.New("exit status 2"))
			}}},
			"FAIL    0.0s  twice\n        exit status 1\n        exit status 2\n", "1 of 1 steps failed: twice",
		},
		"the error names the failed steps in order": {
			[]Step{broken, quiet, {Name: "worse", Run: broken.Run}},
			"", "2 of 3 steps failed: broken, worse",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := RunSteps(t.Context(), &out, 1, test.steps)
			if got := fmt.Sprint(err); err != nil && got != test.fail || err == nil && test.fail != "" {
				t.Errorf("error %q, want %q", got, test.fail)
			}
			got := regexp.MustCompile(` \d\.\ds`).ReplaceAllString(out.String(), " 0.0s")
			if test.lines != "" && got != test.lines {
				t.Errorf("printed\n%s\nwant\n%s", got, test.lines)
			}
		})
	}
}

func TestCommandStepRunsAllCommands(t *testing.T) {
	step := CommandStep("three", Go("version", "-none"), Go("env", "GOOS"), Go("env", "-none"))
	var out bytes.Buffer
	err := step.Run(t.Context(), &out)
	if err == nil || !strings.Contains(err.Error(), "go version") || !strings.Contains(err.Error(), "go env -none") ||
		strings.Contains(err.Error(), "GOOS") {
		t.Errorf("error %v, want those of the first and the last command", err)
	}
	if !strings.Contains("\n"+out.String(), "\n"+runtime.GOOS+"\n") {
		t.Errorf("printed %q, want also what the second command prints", &out)
	}
}

func TestRunStepsLimitsParallelism(t *testing.T) {
	running := make(chan struct{}, 2)
	step := Step{Name: "step", Run: func(context.Context, io.Writer) error {
		select {
		case running <- struct{}{}:
			defer func() { <-running }()
			return nil
		default:
			return errors.New("a third step runs")
		}
	}}
	steps := make([]Step, 50)
	for i := range steps {
		steps[i] = step
	}
	if err := RunSteps(t.Context(), io.Discard, 2, steps); err != nil {
		t.Error(err)
	}
}
