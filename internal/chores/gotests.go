package chores

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
)

// GoTests runs `go test -json` commands at the same time and counts the tests. The output of the first is written as it
// comes, that of the others when all have ended.
func GoTests(ctx context.Context, commands []Command, out io.Writer, verbose bool) (Tally, error) {
	var (
		wg       sync.WaitGroup
		tallies  = make([]Tally, len(commands))
		failures = make([]error, len(commands))
		outputs  = make([]bytes.Buffer, len(commands))
	)
	for i, command := range commands {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var w io.Writer = &outputs[i]
			if i == 0 {
				w = out
			}
			tallies[i], failures[i] = GoTest(ctx, command, w, verbose)
		}()
	}
	wg.Wait()
	var tally Tally
	for i := range commands {
		tally.Add(tallies[i])
		_, err := outputs[i].WriteTo(out)
		failures = append(failures, err)
	}
	return tally, errors.Join(failures...)
}
