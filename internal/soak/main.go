// Soak invokes functions of a library very often, under AWS's runtime client, while their processes are ended, frozen
// and starved, and checks every answer:
//
//	go tool mage soak -n=20000             # or: go run ./internal/soak -n 20000
//	go run ./internal/soak -seed 7 -first 1234 -n 1
//
// What every event is follows from the seed, which is printed. docs/robustness.md says what happens, what is checked
// and what the exit code means.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/soak/function"
)

func main() {
	o, err := parse(os.Args[1:], os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	failed := false
	if err == nil {
		failed, err = soak(ctx, o)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(2)
	}
	if failed {
		os.Exit(1)
	}
}

// soak runs everything. It returns whether something was wrong, or an error if it could not run.
func soak(ctx context.Context, o options) (failed bool, err error) {
	if runtime.GOOS != "linux" {
		return false, errors.New("run the soak on Linux: it reads /proc and limits memory there")
	}
	if o.seed == 0 {
		o.seed = rand.Uint64N(1 << 32)
	}
	python, err := interpreter.Find(ctx, "")
	if err != nil {
		return false, err
	}
	if python.Client == "" {
		return false, fmt.Errorf("%s cannot import awslambdaric: run the soak by go tool mage soak, or put the folder "+
			"that go tool mage setup prints first on PATH", python.Path)
	}
	stage, err := os.MkdirTemp("", "sparta-soak-*")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(stage)
	if err := o.build(ctx, stage); err != nil {
		return false, err
	}
	if o.race { // the detector's shadow of memory
		o.memory *= 8
	}
	workers, err := o.workers(newTally(os.Stderr))
	defer func() {
		for _, w := range workers {
			w.memory.close()
		}
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err) // what limits memory instead is in the description
	}
	fmt.Fprintf(os.Stderr, "soak: seed %d: %s\n", o.seed, o.describe(workers[0], python))
	began := time.Now()
	err = run(ctx, workers, func(w *worker) error { return w.start(ctx, stage, python) })
	if err == nil {
		stop := o.showProgress(os.Stderr, workers[0].tally)
		err = run(ctx, workers, func(w *worker) error { return w.run(ctx) })
		stop()
	}
	for _, w := range workers {
		if w.process != nil {
			_ = w.process.Close()
		}
	}
	if ctx.Err() != nil { // what has been done says something, too
		o.invocations = workers[0].tally.now().total
	} else if err != nil {
		writeEvidence(os.Stderr, workers)
		return false, err
	}
	return o.report(os.Stdout, workers, time.Since(began)), err
}

// workers makes the workers. With an error, memory is limited in another way than by cgroups.
func (o options) workers(t *tally) ([]*worker, error) {
	text := newContent(o.seed)
	var workers []*worker
	var reason error
	for i := range o.processes {
		memory, err := newMemoryLimit(o, fmt.Sprintf("sparta-soak-%d-%d", os.Getpid(), i))
		if err != nil {
			reason = err
		}
		workers = append(workers, &worker{
			options: o, index: i, kind: function.Kinds[i%len(function.Kinds)], content: text, tally: t,
			stdout: newValve(), stderr: newWatch(), memory: memory,
		})
	}
	for _, w := range workers { // all alike, because what is expected depends on it
		w.limit = workers[len(workers)-1].memory.kind
	}
	return workers, reason
}

// run runs a step of all workers at once, and returns their errors.
func run(ctx context.Context, workers []*worker, what func(*worker) error) error {
	failures := make([]error, len(workers))
	var wg sync.WaitGroup
	for i, w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			failures[i] = what(w)
		}()
	}
	wg.Wait()
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return errors.Join(failures...)
}

func (o options) describe(w *worker, python interpreter.Python) string {
	parts := []string{
		fmt.Sprintf("%d events for %d processes", o.invocations, o.processes),
		fmt.Sprintf("Python %s with awslambdaric %s", python.Version, python.Client),
	}
	switch w.limit {
	case byCgroup:
		parts = append(parts, fmt.Sprintf("%d MB of memory each by cgroup", w.options.memory))
	case byAddressSpace:
		parts = append(parts, fmt.Sprintf("%d MB of address space each (no cgroup)", (w.memory.bytes+addressSpace)>>20))
	default:
		parts = append(parts, "memory not limited")
	}
	if o.race {
		parts = append(parts, "race detector")
	}
	if o.cgocheck2 {
		parts = append(parts, "cgocheck2")
	}
	return strings.Join(parts, ", ")
}
