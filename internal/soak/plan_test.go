package main

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/go-sparta/sparta/internal/soak/function"
)

func TestThePlanHasTheRates(t *testing.T) {
	o := options{seed: 7, processes: 4, freeze: 1, limit: byCgroup}
	const n = 400_000
	count := map[disturbance]int{}
	for number := range int64(n) {
		s := o.plan(number)
		count[s.what]++
		if s.size < 128 || s.size > 5<<20 {
			t.Fatalf("event %d has %d bytes", number, s.size)
		}
		if (s.what == freeze || s.what == thaw) && (s.pause.Seconds() < 1 || s.pause.Seconds() > 120) {
			t.Fatalf("event %d freezes the process for %v", number, s.pause)
		}
		for _, r := range rates() {
			if r.what == s.what && r.ends && number%4 == 0 {
				t.Fatalf("event %d ends the first process: %s", number, s.what)
			}
		}
		if o.plan(number) != s {
			t.Fatalf("event %d has two plans", number)
		}
	}
	for _, r := range rates() {
		share := float64(r.million) / 1e6
		want, deviation := share*n, math.Sqrt(share*n)
		if !r.ends { // three of four processes have the others
			deviation *= 2
		}
		if got := float64(count[r.what]); math.Abs(got-want) > 5*deviation {
			t.Errorf("%s happens %.0f times in %d, want about %.0f", r.what, got, n, want)
		}
	}
	if other := (options{seed: 8, processes: 4}); other.plan(1) == o.plan(1) && other.plan(2) == o.plan(2) {
		t.Error("another seed has the same plan")
	}
}

func TestNothingUsesMemoryWithoutLimit(t *testing.T) {
	o := options{seed: 7, processes: 1, limit: unlimited}
	for number := range int64(50_000) {
		if s := o.plan(number); s.what == outOfMemory {
			t.Fatalf("event %d uses more memory than there is", number)
		}
	}
}

func TestEventsAreAcceptedByLambda(t *testing.T) {
	o := options{seed: 7, processes: 4, limit: byCgroup}
	text := newContent(o.seed)
	for number := range int64(40) {
		s := o.plan(number)
		if number%10 == 0 {
			s.size = 5 << 20
		}
		payload, err := text.event(o, s)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := text.event(o, s)
		var e function.Event
		if err := json.Unmarshal(payload, &e); err != nil || string(again) != string(payload) {
			t.Fatalf("event %d: %v, or it differs from itself", number, err)
		}
		if e.N != number || e.Act != s.act || len(payload) > 6<<20 || len(payload) < s.size/2 {
			t.Errorf("event %d of %d bytes has %d bytes: %+v", number, s.size, len(payload), e.Order)
		}
	}
}
