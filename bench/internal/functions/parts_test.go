package functions

import (
	"testing"
	"time"
)

const said = `init internal/bytealg @0.008 ms, 0 ms clock, 0 bytes, 0 allocs
init runtime @0.059 ms, 0.10 ms clock, 0 bytes, 0 allocs
something else, 9 ms clock
init regexp @0.50 ms, 1.5 ms clock, 208 bytes, 3 allocs
parts {"python": [1, 2], "dlopen": [5, 9], "_sparta": [4, 10], "_sparta.bootstrap": [11, 20], "index": [3, 21]}
`

func TestPartsAreRead(t *testing.T) {
	marks, err := marksOf(said)
	if err != nil || marks["dlopen"] != [2]int64{5, 9} || marks["index"] != [2]int64{3, 21} {
		t.Errorf("got %v (%v)", marks, err)
	}
	if got := initializers(said); got != 1600*time.Microsecond {
		t.Errorf("the initializers took %v", got)
	}
	for name, text := range map[string]string{
		"nothing": "", "a part is missing": `parts {"python": [1, 2], "index": [3, 21]}`, "no JSON": "parts {]}",
	} {
		if _, err := marksOf(text); err == nil {
			t.Errorf("%s: there is no error", name)
		}
	}
}

func TestTimesOfHooksAreRead(t *testing.T) {
	took, err := hookTimes("hook register_before_snapshot 20\nx\nhook register_after_restore 3\n" +
		"hook register_after_restore 4\nnot a hook register_after_restore 5\n")
	if err != nil || took[beforeSnapshot] != 20 || took[afterRestore] != 7 {
		t.Errorf("got %v (%v)", took, err)
	}
	if _, err := hookTimes("hook register_before_snapshot 20\n"); err == nil {
		t.Error("there is no error about a hook that has not run")
	}
}
