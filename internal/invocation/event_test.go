package invocation

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestEvent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(file, []byte(`{"from":"file"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	marked := filepath.Join(t.TempDir(), "event.json")
	if err := os.WriteFile(marked, []byte("\xef\xbb\xbf"+`{"from":"Windows"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ argument, stdin, want, err string }{
		"JSON":                                {`{"a": 1}`, "", `{"a": 1}`, ""},
		"a file":                              {"@" + file, "", `{"from":"file"}`, ""},
		"standard input":                      {"-", " [1]", " [1]", ""},
		"a byte order mark in a file":         {"@" + marked, "", `{"from":"Windows"}`, ""},
		"a byte order mark in standard input": {"-", "\xef\xbb\xbf[1]", "[1]", ""},
		"standard input of PowerShell":        {"-", "\xff\xfe[\x001\x00]\x00", "[1]", ""},
		"a missing file":                      {"@" + file + "x", "", "", "read the event: open "},
		"not JSON": {
			"{",
			"",
			"",
			`the event of --event is not JSON: unexpected end of JSON input (at byte 1); for example ` +
				`--event='{"name":"Ada"}', --event=@event.json or --event=-`,
		},
		"not JSON, in a pipe": {"-", "canary", "", "the event of standard input is not JSON"},
		"nothing":             {"", "", "", "the event of --event is not JSON"},
		"more than Lambda accepts": {
			"-",
			strings.Repeat(" ", maxEvent) + "1",
			"",
			"has 6291457 bytes, but Lambda accepts at most 6291456",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Event(c.argument, "--event", strings.NewReader(c.stdin))
			if string(got) != c.want || (err == nil) != (c.err == "") ||
				err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %q, %v; want %q, %q", got, err, c.want, c.err)
			}
			if err != nil && strings.Contains(err.Error(), "canary") {
				t.Errorf("the error quotes the event: %v", err)
			}
		})
	}
	broken := errors.New("broken pipe")
	if _, err := Event("-", "--event", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestFunction(t *testing.T) {
	for name, c := range map[string]struct {
		names []string
		name  string
		want  int
		err   string
	}{
		"the only one":   {[]string{"a"}, "", 0, ""},
		"one of several": {[]string{"a", "b"}, "b", 1, ""},
		"several, and no name": {
			[]string{"a", "b"}, "", 0, "there are several functions: choose one with --function: a, b",
		},
		"a name that the only one does not have": {[]string{"a"}, "b", 0, `no function "b": choose one of a`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Function(c.names, c.name, "--function")
			if got != c.want || (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
				t.Errorf("got %d, %v; want %d, %q", got, err, c.want, c.err)
			}
		})
	}
}
