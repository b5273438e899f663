package main

import (
	"slices"
	"testing"

	"github.com/go-sparta/sparta/bench/internal/session"
)

func TestParse(t *testing.T) {
	names := []string{"cold", "warm"}
	o, err := parse([]string{"-only=warm,cold", "-quick", "-save", "-client=awslambdaric-3.13"}, names)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(o.only, []string{"warm", "cold"}) || !o.save || o.json || o.session.Client != session.AWS313 ||
		o.session.Invocations != 10_000 {
		t.Errorf("got %+v", o)
	}
	o, err = parse(nil, names)
	if err != nil || o.session.Client != session.Embedded || o.session.Invocations != 100_000 {
		t.Errorf("without arguments, it is %+v (%v)", o, err)
	}
	for _, wrong := range []string{"-only=warm,none", "-client=none", "-invocations=some"} {
		if _, err := parse([]string{wrong}, names); err == nil {
			t.Errorf("%s is accepted", wrong)
		}
	}
}
