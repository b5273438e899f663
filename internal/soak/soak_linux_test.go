package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/soak/function"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// A short soak with all that can happen finds nothing. A process that answers in another way is noticed.
func TestSoak(t *testing.T) {
	testrequire.Need(t, "python", "gcc", "awslambdaric")
	keepSettings(t)
	python, err := interpreter.Find(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	o := options{invocations: 300, processes: 3, seed: 3, timeout: 1e8, memory: 512, freeze: 0.001, quiet: true}
	stage := t.TempDir()
	if err := o.build(t.Context(), stage); err != nil {
		t.Fatal(err)
	}
	start := func() ([]*worker, *bytes.Buffer) {
		var out bytes.Buffer
		workers, err := o.workers(newTally(&out))
		if err != nil {
			t.Log(err)
		}
		t.Cleanup(func() {
			for _, w := range workers {
				_ = w.process.Close()
				w.memory.close()
			}
		})
		err = run(t.Context(), workers, func(w *worker) error { return w.start(t.Context(), stage, python) })
		if err != nil {
			t.Fatal(err)
		}
		return workers, &out
	}

	workers, out := start()
	w := workers[1]
	for i, r := range rates() { // once each
		s := step{number: int64(1000 + i), what: r.what, act: r.act, size: 500, pause: 1e6}
		if r.what == outOfMemory && w.limit == unlimited {
			continue
		}
		if err := w.step(t.Context(), s); err != nil {
			t.Errorf("%s: %v", r.what, err)
		}
	}
	for range 3 { // it may end by itself when it is to be frozen
		w.process.Kill()
		if err := w.before(t.Context(), step{number: 2, what: freeze}); err != nil {
			t.Errorf("the process has ended: %v", err)
		}
		if err := w.step(t.Context(), step{number: 3, act: function.Echo, size: 500}); err != nil {
			t.Error(err)
		}
	}
	if err := run(t.Context(), workers, func(w *worker) error { return w.run(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	var report bytes.Buffer
	if o.report(&report, workers, 1e9) {
		t.Errorf("%s%s", out, &report)
	}

	workers, out = start()
	workers[0].kind = "raw" // but its process has typed
	err = workers[0].step(context.Background(), step{number: 0, act: "echo", size: 500})
	if err == nil || !strings.Contains(err.Error(), "they differ from byte") {
		t.Errorf("a wrong answer: %v %s", err, out)
	}
}
