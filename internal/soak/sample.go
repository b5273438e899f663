package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
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
	if s.resident, s.threads, err = status(pid); err != nil {
		return s, err
	}
	if s.descriptors, err = descriptors(strconv.Itoa(pid)); err != nil {
		return s, err
	}
	s.ownGoroutines = float64(runtime.NumGoroutine())
	s.ownDescriptors, err = descriptors("self")
	return s, err
}

// status returns the resident memory of a process, in MB, and how many threads it has.
func status(pid int) (resident, threads float64, err error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(content)) {
		name, value, _ := strings.Cut(line, ":")
		number, _, _ := strings.Cut(strings.TrimSpace(value), " ")
		switch name {
		case "VmRSS":
			resident, err = strconv.ParseFloat(number, 64)
			resident /= 1024
		case "Threads":
			threads, err = strconv.ParseFloat(number, 64)
		}
		if err != nil {
			return 0, 0, fmt.Errorf("read %q: %w", line, err)
		}
	}
	return resident, threads, nil
}

func descriptors(pid string) (float64, error) {
	entries, err := os.ReadDir("/proc/" + pid + "/fd")
	return float64(len(entries)), err
}
