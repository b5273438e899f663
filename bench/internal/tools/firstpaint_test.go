package tools

import "testing"

func TestTheFirstPaintIsFoundInTheLogOfItsTest(t *testing.T) {
	for said, want := range map[string]int{
		"=== RUN TestSpeed\n speed_test.go:37: first paint after 96 ms, loaded after 93 ms (medians of 9)\n": 96,
		"--- SKIP: TestSpeed (0.00s)\n": 0,
	} {
		if got := paintOf(said); got != want {
			t.Errorf("paintOf(%q) = %d, want %d", said, got, want)
		}
	}
}
