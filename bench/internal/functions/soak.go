package functions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// soakEvent and soakAnswer are the event and the answer of bench/apps/soak.
type (
	soakEvent struct {
		N    int
		Fail bool
		Text string
	}
	soakAnswer struct {
		N        int
		Checksum uint32
		Text     string
		PID      int
	}
)

// failEvery makes one invocation in a hundred fail.
const failEvery = 100

// Soak invokes one process very often, checks every answer, and watches the process's memory.
func Soak(ctx context.Context, s *session.Session) error {
	stage, err := s.Stage(ctx, "soak")
	if err != nil {
		return err
	}
	p, err := s.Start(ctx, lambdaruntime.Options{Dir: stage, Handler: "index.handler"})
	if err != nil {
		return err
	}
	defer p.Close()
	var (
		pid, wrong, failures int
		sizes                []float64 // of the process's memory once it is warm, in MB
		start                = time.Now()
	)
	for n := range s.Invocations {
		event := newSoakEvent(n)
		seen, err := soakOnce(ctx, p, event)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			wrong++
			s.Say("soak: invocation %d: %v", n, err)
		case event.Fail:
			failures++
		case pid == 0:
			pid = seen
		case pid != seen:
			return fmt.Errorf("the process ended before invocation %d", n)
		}
		if n >= s.Invocations/10 && n%max(1, s.Invocations/1000) == 0 {
			size, err := usage.ResidentMemory(ctx, pid)
			if err != nil {
				s.Add("soak", "memory: "+err.Error(), report.Row{Verdict: report.Skipped})
				break
			}
			sizes = append(sizes, size)
		}
	}
	took := time.Since(start)
	what := fmt.Sprintf("wrong answers in %d invocations, %d failures among them", s.Invocations, failures)
	verdict := report.Pass
	if wrong > 0 || failures != s.Invocations/failEvery {
		verdict = report.Miss
	}
	s.Add("soak", what, report.Row{
		Figure:  fmt.Sprint(wrong),
		Peer:    fmt.Sprintf("%.2g ms each", took.Seconds()*1e3/float64(s.Invocations)),
		Verdict: verdict,
	})
	if len(sizes) > 0 {
		addMemory(s, sizes)
	}
	return nil
}

// addMemory compares the memory after the warm-up, a tenth of all invocations, with the last tenth's.
// Medians, because the garbage collector makes it go up and down.
func addMemory(s *session.Session, sizes []float64) {
	tenth := max(1, len(sizes)/10)
	median := func(of []float64) float64 { return slices.Sorted(slices.Values(of))[len(of)/2] }
	early, late := median(sizes[:tenth]), median(sizes[len(sizes)-tenth:])
	s.Add("soak", "growth of resident memory after the warm-up", report.Row{
		Figure: fmt.Sprintf("%.1f MB (%.1f to %.1f)", late, slices.Min(sizes), slices.Max(sizes)),
		Peer:   fmt.Sprintf("%.1f MB after the warm-up", early),
		Value:  (late/early - 1) * 100,
		Unit:   "%",
		Bound:  5,
		Runs:   len(sizes),
	})
}

// newSoakEvent makes events of 20 bytes to 20 KB, each unlike the others.
func newSoakEvent(n int) soakEvent {
	random := rand.New(rand.NewPCG(2, uint64(n)))
	line := fmt.Sprintf("%x naïve \"text\"\n", random.Uint64())
	return soakEvent{
		N:    n,
		Fail: n%failEvery == failEvery/2,
		Text: strings.Repeat(line, 1+random.IntN(1<<random.IntN(10))),
	}
}

// soakOnce returns the process's id, unless the event made it fail, and an error for a wrong answer.
func soakOnce(ctx context.Context, p *lambdaruntime.Process, event soakEvent) (pid int, err error) {
	payload, err := json.Marshal(event)
	if err != nil {
		return 0, err
	}
	response, err := p.Invoke(ctx, lambdaruntime.Request{Payload: payload})
	if err != nil {
		return 0, err
	}
	if event.Fail {
		var failure struct{ ErrorMessage string }
		err := json.Unmarshal(response.Payload, &failure)
		want := fmt.Sprintf("told to fail at %d", event.N)
		if err != nil || !response.Failed || failure.ErrorMessage != want {
			return 0, fmt.Errorf("answered %.300q instead of failing with %q", response.Payload, want)
		}
		return 0, nil
	}
	var answer soakAnswer
	if err := json.Unmarshal(response.Payload, &answer); err != nil || response.Failed {
		return 0, errors.Join(fmt.Errorf("answered %.300q", response.Payload), err)
	}
	want := soakAnswer{event.N, crc32.ChecksumIEEE([]byte(event.Text)), event.Text, answer.PID}
	if answer != want {
		return 0, fmt.Errorf("answered %.300q", response.Payload)
	}
	return answer.PID, nil
}
