package elfcheck_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/elfcheck"
)

func TestRuntimes(t *testing.T) {
	cases := map[string]elfcheck.Runtime{
		"Amazon Linux 1 before 3.8":     {Python: "python3.7", OS: "Amazon Linux 1", GLIBC: "2.17"},
		"Amazon Linux 2 from 3.8":       {Python: "python3.8", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		"Amazon Linux 2 up to 3.11":     {Python: "python3.11", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		"Amazon Linux 2023 from 3.12":   {Python: "python3.12", OS: "Amazon Linux 2023", GLIBC: "2.34", ARM64: true},
		"Amazon Linux 2023 up to today": {Python: "python3.14", OS: "Amazon Linux 2023", GLIBC: "2.34", ARM64: true},
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := elfcheck.Lookup(want.Python)
			want.BlocksCreate, want.BlocksUpdate = got.BlocksCreate, got.BlocksUpdate
			if err != nil || got != want {
				t.Errorf("got %+v, %v, want %+v", got, err, want)
			}
		})
	}
}

func TestRuntimesEndByTheirDates(t *testing.T) {
	for _, c := range []struct {
		python, day string
		creates     bool
		want        string
	}{
		{"python3.12", "2028-11-29", true, ""},
		{"python3.12", "2028-11-30", true, "Lambda has not created functions with it since 2028-11-30"},
		{"python3.12", "2029-01-09", false, ""},
		{"python3.12", "2029-01-10", false, "Lambda has not updated functions with it since 2029-01-10"},
		{"python3.6", "2026-01-01", true, "python3.6 has ended: Lambda has not updated functions with it since " +
			"2022-08-29: set SPARTA_PYTHON=python3.14"},
	} {
		runtime, err := elfcheck.Lookup(c.python)
		if err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		err = runtime.Check(c.creates, day)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s on %s: error %v, want %q in it", c.python, c.day, err, c.want)
		}
	}
	for _, runtime := range elfcheck.Runtimes() {
		if runtime.BlocksCreate == "" || runtime.BlocksUpdate < runtime.BlocksCreate {
			t.Errorf("the dates of %+v", runtime)
		}
	}
}

func TestUnknownRuntimeListsTheKnownOnes(t *testing.T) {
	const want = `"3.13" is not a Lambda Python runtime: set SPARTA_PYTHON to one of python3.6, python3.7, ` +
		`python3.8, ` +
		`python3.9, python3.10, python3.11, python3.12, python3.13, python3.14`
	_, err := elfcheck.Check("not looked at", elfcheck.Options{GOARCH: "amd64", Python: "3.13"})
	if err == nil || err.Error() != want {
		t.Errorf("error is\n%v\nwant\n%s", err, want)
	}
}

func TestArchitectures(t *testing.T) {
	cases := map[string]struct{ python, goarch, want string }{
		"Lambda has no riscv64": {
			"python3.13",
			"riscv64",
			`"riscv64" is not a Lambda architecture: set SPARTA_GOARCH to amd64 or arm64`,
		},
		"arm64 came after python3.7": {
			"python3.7",
			"arm64",
			"python3.7 is not available for arm64 in Lambda: set SPARTA_PYTHON=python3.14 or SPARTA_GOARCH=amd64",
		},
		"every runtime exists for amd64": {"python3.6", "amd64", ""},
		"new runtimes exist for arm64":   {"python3.14", "arm64", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r, err := elfcheck.Lookup(c.python)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := r.Supports(c.goarch); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Callers may change the result.
func TestRuntimesReturnsACopy(t *testing.T) {
	elfcheck.Runtimes()[0].GLIBC = "9"
	if slices.ContainsFunc(elfcheck.Runtimes(),
		func(r elfcheck.Runtime) bool { return !strings.HasPrefix(r.GLIBC, "2.") }) {
		t.Error("a change by one caller affects the next")
	}
}
