package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/go-sparta/sparta/internal/progress"
)

// showProgress shows how far the workers are, every few seconds, until the function that it returns is called.
func (o options) showProgress(out *os.File, t *tally) (stop func()) {
	if o.quiet {
		return func() {}
	}
	every, end := 30*time.Second, "\n"
	if progress.IsTerminal(out) {
		every, end = 2*time.Second, "\x1b[K\r"
	}
	ending, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		began := time.Now()
		for {
			select {
			case <-ticker.C:
				_, _ = io.WriteString(out, o.progress(t.now(), time.Since(began))+end)
			case <-ending:
				_, _ = io.WriteString(out, end[:len(end)-1])
				return
			}
		}
	}()
	return func() {
		close(ending)
		<-ended
	}
}

// progress is one line of what has been done.
func (o options) progress(c counts, took time.Duration) string {
	line := fmt.Sprintf("%d of %d events (%.0f %%), %.0f per second, %d starts, %d wrong",
		c.total, o.invocations, 100*float64(c.total)/float64(o.invocations), float64(c.total)/took.Seconds(), c.starts,
		c.wrongs)
	if len(c.samples) > 0 {
		last := c.samples[len(c.samples)-1]
		line += fmt.Sprintf("; process %d: %.0f MB, %.0f threads, %.0f descriptors", last.process, last.resident,
			last.threads, last.descriptors)
	}
	return line
}
