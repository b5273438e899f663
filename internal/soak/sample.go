package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/procfs"
	"github.com/go-sparta/sparta/internal/soak/function"
)

// sample is what a process uses at one time.
type sample struct {
	process     int
	resident    float64 // MB
	threads     float64
	descriptors float64
	heap        float64 // of Go, after a garbage collection, in MB
	goroutines  float64

	ownDescriptors float64 // of this program
	ownGoroutines  float64
}

// sample makes the process collect its garbage, and looks at what it uses.
func (w *worker) sample(ctx context.Context) (sample, error) {
	s := sample{process: w.index}
	event, err := json.Marshal(function.Event{Order: function.Order{Act: function.Probe}})
	if err != nil {
		return s, err
	}
	response, err := w.process.Invoke(ctx, lambdaruntime.Request{Payload: event, FunctionARN: arn})
	if err != nil {
		return s, err
	}
	var document struct {
		About struct{ Usage *function.Usage }
	}
	if err := json.Unmarshal(response.Payload, &document); err != nil || document.About.Usage == nil {
		return s, fmt.Errorf("the function did not say what it uses, but %.300s", response.Payload)
	}
	s.heap, s.goroutines = float64(document.About.Usage.Heap)/(1<<20), float64(document.About.Usage.Goroutines)
	w.process.Settle() // it may be closing the connection of the answer
	pid, _ := w.process.PID()
	resident, _ := procfs.Memory(pid)
	s.resident = float64(resident) / (1 << 20)
	if s.threads, err = entries(pid, "task"); err != nil {
		return s, err
	}
	if s.descriptors, err = entries(pid, "fd"); err != nil {
		return s, err
	}
	s.ownGoroutines = float64(runtime.NumGoroutine())
	s.ownDescriptors, err = entries(os.Getpid(), "fd")
	return s, err
}

// entries counts the threads ("task") or descriptors ("fd") of a process.
func entries(pid int, folder string) (float64, error) {
	found, err := os.ReadDir(fmt.Sprintf("/proc/%d/%s", pid, folder))
	return float64(len(found)), err
}
