package main

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/go-sparta/sparta/internal/soak/function"
)

// disturbance is what happens to a process from outside.
type disturbance string

const (
	freeze         disturbance = "frozen before an event"
	thaw           disturbance = "frozen, and thawed by an event" // which is there when the process continues
	endBetween     disturbance = "SIGTERM between events"
	endDuring      disturbance = "SIGTERM while the function waits"
	endAtSomeTime  disturbance = "SIGTERM at any time"
	fullPipe       disturbance = "standard output is not read"
	outOfMemory    disturbance = "no memory left"
	unhandledPanic disturbance = "panic"
	timeout        disturbance = "timeout"
	failure        disturbance = "error"
)

// rate says how often something happens.
type rate struct {
	what    disturbance
	million int // of a million events
	act     function.Act
	ends    bool // the process
}

// rates are those of the whole. What is frozen on Lambda waits for seconds to minutes, so it is rarer.
func rates() []rate {
	return []rate{
		{unhandledPanic, 10_000, function.Panic, true},
		{failure, 10_000, function.Fail, false},
		{timeout, 1_000, function.Hang, true},
		{endBetween, 500, function.Echo, true},
		{endDuring, 500, function.Wait, true},
		{endAtSomeTime, 500, function.Echo, true},
		{outOfMemory, 200, function.Hog, true},
		{freeze, 500, function.Echo, false},
		{thaw, 500, function.Echo, false},
		{fullPipe, 1_000, function.Print, false},
	}
}

// step is one event and what happens around it.
type step struct {
	number int64
	what   disturbance // "" if it is an ordinary event
	act    function.Act
	size   int           // of the event, about, in bytes
	pause  time.Duration // of a disturbance
}

// sizes of events, in bytes: each is as likely as it is in applications, about.
var sizes = []struct {
	share    float64
	from, to int
}{
	{0.70, 128, 1 << 10},
	{0.20, 1 << 10, 16 << 10},
	{0.08, 16 << 10, 128 << 10},
	{0.019, 128 << 10, 1 << 20},
	{0.001, 1 << 20, 5 << 20},
}

// plan says what an event is. It depends only on the seed, the event's number, and on how many processes there are:
// the first of several is never ended, so that it shows whether something grows, and the others end more often.
func (o options) plan(number int64) step {
	random := rand.New(rand.NewPCG(o.seed, uint64(number)))
	s := step{number: number, act: function.Echo, size: randomSize(random)}
	steady := o.isSteady(int(number % int64(o.processes)))
	at := random.Float64() * 1e6
	for _, r := range rates() {
		share := float64(r.million)
		switch {
		case r.ends && steady, r.what == outOfMemory && o.limit == unlimited:
			share = 0
		case r.ends && o.processes > 1:
			share *= float64(o.processes) / float64(o.processes-1)
		}
		if at -= share; at < 0 {
			s.what, s.act = r.what, r.act
			break
		}
	}
	switch s.what {
	case freeze, thaw:
		s.pause = time.Duration(o.freeze * math.Pow(120, random.Float64()) * float64(time.Second))
	case fullPipe:
		s.pause = time.Duration(random.IntN(50)) * time.Millisecond
	case endAtSomeTime:
		s.pause = time.Duration(random.IntN(3000)) * time.Microsecond
	}
	return s
}

// isSteady reports whether a process is one that nothing ends.
func (o options) isSteady(process int) bool { return process == 0 && o.processes > 1 }

func randomSize(random *rand.Rand) int {
	at := random.Float64()
	for _, s := range sizes {
		if at -= s.share; at < 0 {
			from, to := math.Log(float64(s.from)), math.Log(float64(s.to))
			return int(math.Exp(from + random.Float64()*(to-from)))
		}
	}
	return sizes[0].from
}
