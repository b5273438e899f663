package measure

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

func TestTurnsReverse(t *testing.T) {
	var order []string
	contender := func(name string) *Contender {
		return &Contender{Name: name, Run: func(context.Context) (time.Duration, error) {
			order = append(order, name)
			return time.Duration(len(order)), nil
		}}
	}
	one, other := contender("one"), contender("other")
	if err := Race(t.Context(), 3, one, other); err != nil {
		t.Fatal(err)
	}
	if want := []string{"one", "other", "other", "one", "one", "other"}; !slices.Equal(order, want) {
		t.Errorf("the order was %q, want %q", order, want)
	}
	if want := []time.Duration{1, 4, 5}; !slices.Equal(one.Times, want) {
		t.Errorf("the first one's times are %v, want %v", one.Times, want)
	}
}

// The processor time of a run is what has been used meanwhile, by each invocation.
func TestProcessorTimeIsThatOfTheRun(t *testing.T) {
	used := time.Second
	c := &Contender{
		Each:   10,
		Usage:  func() time.Duration { return used },
		Memory: func() (float64, error) { return 42, nil },
		Run: func(context.Context) (time.Duration, error) {
			used += 50
			return 7, nil
		},
	}
	if err := Race(t.Context(), 2, c); err != nil {
		t.Fatal(err)
	}
	if want := []time.Duration{5, 5}; !slices.Equal(c.CPU, want) || c.Peak != 42 {
		t.Errorf("used %v and %v MB, want %v and 42 MB", c.CPU, c.Peak, want)
	}
	if err := WarmUp(t.Context(), 1, c); err != nil || len(c.Times)+len(c.CPU) > 0 {
		t.Errorf("after the warm-up (%v), there are %v and %v", err, c.Times, c.CPU)
	}
}

func TestRaceNamesWhoFails(t *testing.T) {
	wrong := errors.New("wrong")
	c := &Contender{Name: "Go", Run: func(context.Context) (time.Duration, error) { return 0, wrong }}
	if err := Race(t.Context(), 1, c); !errors.Is(err, wrong) || err.Error() != "Go: wrong" {
		t.Errorf("got %v", err)
	}
}

func TestSpreadOf(t *testing.T) {
	for name, c := range map[string]struct {
		times []time.Duration
		want  Spread
	}{
		"none":           {nil, Spread{}},
		"one":            {[]time.Duration{5}, Spread{5, 5, 5, 1}},
		"an even number": {[]time.Duration{4, 1, 3, 2}, Spread{2, 3, 3, 4}},
		"many":           {[]time.Duration{9, 1, 8, 2, 7, 3, 6, 4, 5}, Spread{3, 5, 7, 9}},
	} {
		if got := SpreadOf(c.times); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestQuotientsAreOfTheSameRounds(t *testing.T) {
	first, median, third := Quotients([]time.Duration{10, 200, 30}, []time.Duration{10, 100, 10})
	if first != 1 || median != 2 || third < 2.99 || third > 3.01 {
		t.Errorf("got %v, %v and %v", first, median, third)
	}
}

// What one takes longer than the other is that of each round.
func TestLess(t *testing.T) {
	long := &Contender{Name: "long", Times: []time.Duration{5, 7, 9}}
	short := &Contender{Name: "short", Times: []time.Duration{1, 4}}
	if rest := long.Less(short); rest.Name != "long" || !slices.Equal(rest.Times, []time.Duration{4, 3}) {
		t.Errorf("got %s with %v", rest.Name, rest.Times)
	}
}
