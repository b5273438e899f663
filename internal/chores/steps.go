package chores

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Step is one named check. Its output is shown only when it fails.
type Step struct {
	Name string
	Run  func(ctx context.Context, out io.Writer) error
}

// CommandStep returns a step that runs all commands, one after the other, and fails if one of them does.
func CommandStep(name string, commands ...Command) Step {
	return Step{Name: name, Run: func(ctx context.Context, out io.Writer) error {
		var failures []error
		for _, c := range commands {
			failures = append(failures, c.Run(ctx, out, out))
		}
		return errors.Join(failures...)
	}}
}

// RunSteps runs all steps, at most parallel of them at a time. When a step ends, it writes one line to out,
// followed by the step's whole output if it failed. A failed step does not stop the others. The error names the
// failed steps, in the given order.
func RunSteps(ctx context.Context, out io.Writer, parallel int, steps []Step) error {
	var mu sync.Mutex // guards out
	failed := make([]bool, len(steps))
	atATime(parallel, steps, func(i int, step Step) {
		var output bytes.Buffer
		began := time.Now()
		err := step.Run(ctx, &output)
		took := time.Since(began)

		mu.Lock()
		defer mu.Unlock()
		failed[i] = err != nil
		printStep(out, step.Name, took, output.Bytes(), err)
	})

	var names []string
	for i, bad := range failed {
		if bad {
			names = append(names, steps[i].Name)
		}
	}
	if len(names) > 0 {
		return fmt.Errorf("%d of %d steps failed: %s", len(names), len(steps), strings.Join(names, ", "))
	}
	return nil
}

// atATime calls do for all items, beginning with the first, for at most so many of them at a time.
func atATime[T any](limit int, items []T, do func(i int, item T)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, limit)
	for i, item := range items {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			do(i, item)
		}()
	}
	wg.Wait()
}

func printStep(out io.Writer, name string, took time.Duration, output []byte, err error) {
	verdict := "ok  "
	if err != nil {
		verdict = "FAIL"
	}
	fmt.Fprintf(out, "%s %6.1fs  %s\n", verdict, took.Seconds(), name)
	if err == nil {
		return
	}
	for line := range strings.Lines(string(output)) {
		fmt.Fprintf(out, "        %s\n", strings.TrimSuffix(line, "\n"))
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(out, "        %s\n", strings.TrimSuffix(line, "\n"))
	}
}
