package functions

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/bench/internal/randomevent"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// Under AWS's clients, invocations of 1 KB have the bounds that are for those, and no larger ones are judged beside a
// bootstrap.
func TestBoundsOfWarmInvocationsAreThoseOfTheClient(t *testing.T) {
	for _, client := range session.Clients() {
		sizes := warmSizes(session.Options{Client: client})
		handler, bootstrap := 0.6, []float64{1.3, 0, 0}
		if client == session.Embedded {
			handler, bootstrap = 0.8, []float64{0, 0.45, 0.45}
		}
		if sizes[0].handler != handler {
			t.Errorf("%s, %s: lambda.Handler's bound is %v, want %v", client, sizes[0].name, sizes[0].handler, handler)
		}
		for i, want := range bootstrap {
			if got := sizes[i].bootstrap; got != want {
				t.Errorf("%s, %s: the bound beside a bootstrap is %v, want %v", client, sizes[i].name, got, want)
			}
		}
	}
}

func TestWarmEventsHaveTheirSize(t *testing.T) {
	check := func(kind randomevent.Kind, size warmSize) {
		t.Helper()
		event, err := kind.Event(size.bytes)
		if err != nil || len(event) != size.bytes || !json.Valid(event) {
			t.Errorf("%s of %s has %d bytes (%v): %.200s", size.name, kind.Name, len(event), err, event)
		}
	}
	o := session.Options{Client: session.Embedded}
	check(randomevent.Text(), smallest(o))
	for _, kind := range randomevent.Kinds() {
		for _, size := range warmSizes(o) {
			check(kind, size)
		}
	}
}
