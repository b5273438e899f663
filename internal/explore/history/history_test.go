package history_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/history"
)

func request(function string, state history.State, duration time.Duration) history.Entry {
	return history.Entry{Request: &history.Request{Function: function, State: state, Duration: duration}}
}

func TestTheLastEntriesAreKept(t *testing.T) {
	h := history.New(history.Options{Entries: 3})
	var ids []string
	for range 5 {
		ids = append(ids, h.Add(request("f", history.Succeeded, 0)))
	}
	list := h.List()
	if len(list) != 3 || list[0].ID != ids[2] || list[2].ID != ids[4] {
		t.Errorf("the list is %v, want the last three of %v", list, ids)
	}
	if _, found := h.Get(ids[1]); found {
		t.Error("an entry that is not listed is found")
	}
	if h.Update(ids[0], func(*history.Entry) { t.Error("a forgotten entry is changed") }) {
		t.Error("an update of a forgotten entry succeeds")
	}
	if list[0].Sequence() >= list[1].Sequence() || list[0].At.IsZero() {
		t.Errorf("entries have no order or time: %+v", list)
	}
}

func TestRequestsThatAreRunningAreKept(t *testing.T) {
	h := history.New(history.Options{Entries: 3})
	running := h.Add(request("f", history.Running, 0))
	for range 10 {
		h.Add(request("f", history.Succeeded, 0))
	}
	if list := h.List(); len(list) != 3 || list[0].ID != running {
		t.Errorf("the list is %v, want the running request first", list)
	}
	for range 10 {
		h.Add(request("f", history.Running, 0))
	}
	if list := h.List(); len(list) != 3 {
		t.Errorf("%d running requests are kept, want 3", len(list))
	}
}

func TestAnUpdateDoesNotChangeWhatWasReturned(t *testing.T) {
	h := history.New(history.Options{})
	id := h.Add(history.Entry{ID: "known", Request: &history.Request{State: history.Running}})
	before, _ := h.Get(id)
	if id != "known" || !h.Update(id, func(e *history.Entry) { e.Request.State = history.Failed }) {
		t.Fatalf("entry %q cannot be updated", id)
	}
	after, _ := h.Get(id)
	if before.Request.State != history.Running || after.Request.State != history.Failed {
		t.Errorf("the states are %s and %s, want running and failed", before.Request.State, after.Request.State)
	}
}

func TestAddingAKnownEntryReplacesIt(t *testing.T) {
	h := history.New(history.Options{})
	h.Add(history.Entry{ID: "a", Build: &history.Build{State: history.Running}})
	first, _ := h.Get("a")
	h.Add(history.Entry{ID: "a", Build: &history.Build{State: history.Failed}})
	list := h.List()
	if len(list) != 1 || list[0].Build.State != history.Failed || list[0].Sequence() != first.Sequence() {
		t.Errorf("the list is %+v, want the failed build in its old place", list)
	}
}

func TestTheOldestEntriesLoseTheirContentsFirst(t *testing.T) {
	h := history.New(history.Options{Bytes: 2500})
	add := func(state history.State) string {
		return h.Add(history.Entry{Request: &history.Request{
			State: state, Event: bytes.Repeat([]byte("e"), 500), Payload: bytes.Repeat([]byte("p"), 500),
		}})
	}
	running, old, later, last := add(history.Running), add(history.Succeeded), add(history.Failed), add(history.Failed)
	for id, dropped := range map[string]bool{running: false, old: true, later: true, last: false} {
		entry, _ := h.Get(id)
		if entry.Request.Dropped != dropped || (entry.Request.Event == nil) != dropped {
			t.Errorf("%s request %d: dropped is %t, want %t", entry.Request.State, entry.Sequence(),
				entry.Request.Dropped, dropped)
		}
	}
	h.Update(running, func(e *history.Entry) { e.Request.State = history.Succeeded })
	entry, _ := h.Get(running)
	if entry.Request.Dropped {
		t.Error("a request that has ended lost its contents although they fit")
	}
	add(history.Succeeded)
	if entry, _ := h.Get(running); !entry.Request.Dropped {
		t.Error("the oldest request keeps its contents although they do not fit")
	}
}

// An event is sent again under the same ID if its function fails.
func TestAnEntryThatIsReplacedCanLoseItsContentsAgain(t *testing.T) {
	h := history.New(history.Options{Bytes: 1000})
	add := func(id string) {
		h.Add(history.Entry{ID: id, Request: &history.Request{State: history.Failed, Event: make([]byte, 800)}})
	}
	for _, id := range []string{"a", "b", "c", "a", "d"} {
		add(id)
	}
	for _, entry := range h.List() {
		if entry.Request.Dropped != (entry.ID != "d") {
			t.Errorf("request %s: dropped is %t; only the last one fits", entry.ID, entry.Request.Dropped)
		}
	}
}

func TestForgottenEntriesUseNoMemory(t *testing.T) {
	add := func(h *history.History, bytes int) {
		h.Add(history.Entry{Request: &history.Request{State: history.Succeeded, Event: make([]byte, bytes)}})
	}
	fits := history.New(history.Options{Entries: 3, Bytes: 1700})
	h := history.New(history.Options{Entries: 3, Bytes: 1000})
	for range 20 {
		add(h, 400)
	}
	for _, bytes := range []int{400, 400, 400, 0, 0, 0, 400, 400, 400} {
		add(fits, bytes)
	}
	for i, entry := range fits.List() {
		if entry.Request.Dropped {
			t.Errorf("entry %d of 3 has lost its contents although all fit", i)
		}
	}
	for i, entry := range h.List() {
		if entry.Request.Dropped != (i == 0) {
			t.Errorf("entry %d of 3: dropped is %t; the last two fit", i, entry.Request.Dropped)
		}
	}
	// The oldest entries with contents are found although older ones have been forgotten.
	add(h, 900)
	for i, entry := range h.List() {
		if entry.Request.Dropped != (i < 2) {
			t.Errorf("entry %d of 3: dropped is %t; only the last one fits", i, entry.Request.Dropped)
		}
	}
}

func TestALargeEntryIsKeptUntilTheNext(t *testing.T) {
	h := history.New(history.Options{Bytes: 10})
	id := h.Add(history.Entry{Request: &history.Request{State: history.Succeeded, Event: make([]byte, 100)}})
	if entry, _ := h.Get(id); entry.Request.Dropped {
		t.Error("the only entry has lost its contents")
	}
	h.Add(history.Entry{Build: &history.Build{}})
	if entry, _ := h.Get(id); !entry.Request.Dropped {
		t.Error("a large entry keeps its contents")
	}
}

func TestALongLogKeepsItsEnds(t *testing.T) {
	h := history.New(history.Options{LogLines: 100})
	var log []history.Line
	for i := range 1000 {
		log = append(log, history.Line{Text: fmt.Sprint(i)})
	}
	id := h.Add(history.Entry{Request: &history.Request{Log: log}})
	entry, _ := h.Get(id)
	kept := entry.Request.Log
	if len(kept) != 100 || kept[0].Text != "0" || kept[99].Text != "999" || kept[11].Text != "911" {
		t.Fatalf("%d lines are kept, from %v to %v", len(kept), kept[0], kept[len(kept)-1])
	}
	if !strings.Contains(kept[10].Text, "901 lines are not kept") {
		t.Errorf("the log says %q", kept[10].Text)
	}
}

func TestStatistics(t *testing.T) {
	h := history.New(history.Options{Entries: 2})
	for i := range 100 {
		h.Add(request("f", history.Succeeded, time.Duration(i+1)*time.Millisecond))
	}
	h.Add(request("f", history.Throttled, time.Hour))
	h.Add(request("f", history.Running, time.Hour))
	id := h.Add(history.Entry{Request: &history.Request{Function: "f", State: history.Running}})
	for range 2 { // counted once
		h.Update(id, func(e *history.Entry) {
			e.Request.State, e.Request.Cold, e.Request.MaxMemory = history.Failed, true, 1<<20
			e.Request.Duration = 101 * time.Millisecond
		})
	}
	got := h.Statistics("f")
	want := history.Statistics{
		Requests: 102, Failed: 1, Throttled: 1, Cold: 1, Last: history.Failed, MaxMemory: 1 << 20,
		P50: 51 * time.Millisecond, P95: 96 * time.Millisecond, Max: 101 * time.Millisecond,
	}
	if got != want {
		t.Errorf("the statistics are %+v,\nwant %+v", got, want)
	}
	if none := h.Statistics("g"); none != (history.Statistics{}) {
		t.Errorf("a function without requests has statistics: %+v", none)
	}
}

func TestPercentilesAreOfTheLastDurations(t *testing.T) {
	h := history.New(history.Options{Entries: 1})
	for i := range 3000 {
		h.Add(request("f", history.Succeeded, time.Duration(i)))
	}
	if got := h.Statistics("f"); got.P50 != 2499 || got.P95 != 2949 || got.Max != 2999 {
		t.Errorf("p50 is %d, p95 %d, max %d; want 2499, 2949 and 2999", got.P50, got.P95, got.Max)
	}
}

func TestASubscriberReceivesTheLatestStates(t *testing.T) {
	h := history.New(history.Options{})
	h.Add(request("before", history.Succeeded, 0))
	s := h.Subscribe()
	defer s.Close()
	a := h.Add(request("a", history.Running, 0))
	b := h.Add(request("b", history.Running, 0))
	h.Update(a, func(e *history.Entry) { e.Request.State = history.Succeeded })
	changes, err := s.Next(t.Context())
	if err != nil || changes.Reload || len(changes.Entries) != 2 {
		t.Fatalf("the changes are %+v, %v", changes, err)
	}
	if first := changes.Entries[0]; first.ID != a || first.Request.State != history.Succeeded ||
		changes.Entries[1].ID != b {
		t.Errorf("the changes are %+v", changes.Entries)
	}
	h.Update(a, func(e *history.Entry) { e.Request.Cold = true })
	changes, err = s.Next(t.Context())
	if err != nil || len(changes.Entries) != 1 || !changes.Entries[0].Request.Cold {
		t.Errorf("after another change, the changes are %+v, %v", changes.Entries, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if changes, err := s.Next(ctx); err == nil {
		t.Errorf("there are more changes: %+v", changes)
	}
}

func TestASlowSubscriberLosesChangesAndIsToldSo(t *testing.T) {
	h := history.New(history.Options{})
	s := h.Subscribe()
	defer s.Close()
	for range 1000 {
		h.Add(request("f", history.Succeeded, 0))
	}
	changes, err := s.Next(t.Context())
	if err != nil || !changes.Reload || len(changes.Entries) != 0 {
		t.Fatalf("%d changes, reload is %t, %v; want only the request to reload", len(changes.Entries),
			changes.Reload, err)
	}
	id := h.Add(request("f", history.Succeeded, 0))
	changes, err = s.Next(t.Context())
	if err != nil || changes.Reload || len(changes.Entries) != 1 || changes.Entries[0].ID != id {
		t.Errorf("after that, the changes are %+v, %v", changes, err)
	}
}

func TestManyWritersAndReaders(t *testing.T) {
	h := history.New(history.Options{Entries: 50, Bytes: 1000})
	ctx, cancel := context.WithCancel(t.Context())
	var readers, writers sync.WaitGroup
	for range 4 {
		s := h.Subscribe()
		readers.Add(1)
		go func() {
			defer readers.Done()
			defer s.Close()
			for {
				changes, err := s.Next(ctx)
				if err != nil {
					return
				}
				for _, entry := range append(changes.Entries, h.List()...) {
					_ = len(entry.Request.Event) + len(entry.Request.State)
				}
			}
		}()
	}
	for w := range 4 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			for i := range 200 {
				entry := request(fmt.Sprint(w), history.Running, 0)
				entry.Request.Event = make([]byte, i)
				id := h.Add(entry)
				h.Update(id, func(e *history.Entry) { e.Request.State = history.Succeeded })
				h.Statistics(fmt.Sprint(w))
			}
		}()
	}
	writers.Wait()
	cancel()
	readers.Wait()
	for w := range 4 {
		if got := h.Statistics(fmt.Sprint(w)).Requests; got != 200 {
			t.Errorf("writer %d has %d requests, want 200", w, got)
		}
	}
}
