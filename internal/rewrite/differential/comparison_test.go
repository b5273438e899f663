package differential

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// comparison compares programs one after the other. While fuzzing, an execution must not take 10 seconds, for which
// package testing takes it for a deadlock: it then leaves its program to the next one.
type comparison struct {
	dir     string
	fuzzing bool
	count   int
	pending chan error // of the program that an earlier execution has left; nil if there is none
	running sync.WaitGroup
}

// share is how long an execution waits while fuzzing.
const share = 4 * time.Second

func newComparison(dir string) *comparison {
	worker := flag.Lookup("test.fuzzworker")
	return &comparison{dir: dir, fuzzing: worker != nil && worker.Value.String() == "true"}
}

// run compares the program of these bytes with the original, unless one of an earlier execution takes all the time.
func (c *comparison) run(from []byte) error {
	var limit <-chan time.Time
	if c.fuzzing {
		limit = time.After(share)
	}
	if c.pending == nil {
		c.start(from)
	}
	select {
	case err := <-c.pending:
		c.pending = nil
		return err
	case <-limit:
		return nil
	}
}

// start begins to compare. The error of a program has its input, because another execution may report it.
func (c *comparison) start(from []byte) {
	c.count++
	dir := filepath.Join(c.dir, fmt.Sprint(c.count))
	result := make(chan error, 1)
	c.pending = result
	from = append([]byte(nil), from...)
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		defer os.RemoveAll(dir)
		err := os.Mkdir(dir, 0o755)
		if err == nil {
			err = compare(dir, from)
		}
		if err != nil {
			err = fmt.Errorf("%w\nIts input is []byte(%q), if the file that is named below has another one", err, from)
		}
		result <- err
	}()
}

// finish waits for the program that runs.
func (c *comparison) finish() { c.running.Wait() }
