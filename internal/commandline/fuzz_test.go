package commandline

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzPairs checks that a list of pairs is read as it was written, and that its error has nothing of a value.
func FuzzPairs(f *testing.F) {
	for _, list := range []string{
		"", ",", "A=1", "A=1,B=2", " A = 1 , B=", "A", "=1", "A=1,hidden", "A=b=c", "A=1,A=2", "Ä=\u00a0", "A=@file",
	} {
		f.Add(list)
	}
	f.Fuzz(func(t *testing.T, list string) {
		pairs, err := Pairs("-parameter", list)
		if err != nil {
			if len(err.Error()) > 200 {
				t.Fatalf("%q: the error may contain a secret: %v", list, err)
			}
			return
		}
		var again []string
		for name, value := range pairs {
			if strings.Contains(name, "=") || name == "" || strings.Contains(name+value, ",") {
				t.Fatalf("%q has the pair %q=%q", list, name, value)
			}
			again = append(again, name+"="+value)
		}
		reread, err := Pairs("-parameter", strings.Join(again, ","))
		if err != nil || len(reread) != len(pairs) {
			t.Fatalf("%q: %q, which is read as %q, %v", list, pairs, reread, err)
		}
		for _, item := range List(list) {
			if item == "" || item != strings.TrimSpace(item) || strings.Contains(item, ",") {
				t.Fatalf("%q has the item %q", list, item)
			}
		}
	})
}

// FuzzSettings checks how variables of the environment are read.
func FuzzSettings(f *testing.F) {
	for _, c := range [][2]string{
		{"SPARTA_NOOP", "true"},
		{"SPARTA_TIMEOUT", "30"},
		{"SPARTA_TIMEOUT", "1m"},
		{"SPARTA_", ""},
		{"SPARTA_GOARC", "x"},
		{"NOOP", "please"},
		{"SPARTA_TIMEOUT", "9223372036854775807s"},
		{"SPARTA_TIMEOUT", "0.5s"},
	} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		environ := []string{"PATH=/bin", name + "=" + value}
		names := SettingNames(environ)
		warnings := UnknownSettings(environ, func(string) bool { return false })
		key, _, _ := strings.Cut(name+"=", "=")
		if isSetting := strings.HasPrefix(key, "SPARTA_"); isSetting != slices.Contains(names, key) {
			t.Fatalf("%q: %q", environ, names)
		}
		others := UnknownSettings([]string{"PATH=/bin", key + "=another value"}, func(string) bool { return false })
		if !slices.Equal(warnings, others) {
			t.Fatalf("%q: the warnings %q depend on the value", environ, warnings)
		}
		if seconds, err := Seconds("SPARTA_TIMEOUT", value); err == nil {
			if d, err := time.ParseDuration(value); err == nil && time.Duration(seconds)*time.Second != d {
				t.Fatalf("%q are %d seconds", value, seconds)
			}
		}
		if strings.ContainsAny(value, "\x00") {
			return
		}
		t.Setenv("SPARTA_FUZZED", value)
		on := true
		if err := BoolSetting(&on, "SPARTA_FUZZED"); err == nil && value != "" {
			if want := slices.Contains([]string{"1", "t", "T", "true", "TRUE", "True"}, value); want != on {
				t.Fatalf("%q is %v", value, on)
			}
		}
		text := "given"
		TextSetting(&text, "SPARTA_FUZZED", "fallback")
		if want := value; want != "" && text != want || want == "" && text != "given" {
			t.Fatalf("%q sets %q", value, text)
		}
	})
}
