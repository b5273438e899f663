package elfcheck

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Runtime describes one of Lambda's managed Python runtimes.
type Runtime struct {
	Python string // Lambda's name of the runtime: "python3.13"
	OS     string // what it runs on: "Amazon Linux 2023"
	GLIBC  string // that system's C library: "2.34"
	ARM64  bool   // whether Lambda offers it for arm64

	// The days, as 2006-01-02, from which Lambda no longer creates functions with it, and no longer updates them.
	BlocksCreate, BlocksUpdate string
}

// Runtimes lists the Python runtimes whose C library is known, the oldest first.
//
// The system of a runtime is in AWS's list, "Lambda runtimes" in the developer guide
// (docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, and "Deprecated runtimes" there for
// the retired ones), with its dates, as of October 2026: AWS has put off those of runtimes on Amazon Linux 2 several
// times. The C library's version is that of the system's glibc package.
func Runtimes() []Runtime {
	return []Runtime{
		{"python3.6", "Amazon Linux 1", "2.17", false, "2022-07-18", "2022-08-29"},
		{"python3.7", "Amazon Linux 1", "2.17", false, "2024-01-09", "2027-08-31"},
		{"python3.8", "Amazon Linux 2", "2.26", true, "2027-07-29", "2027-08-31"},
		{"python3.9", "Amazon Linux 2", "2.26", true, "2027-07-29", "2027-08-31"},
		{"python3.10", "Amazon Linux 2", "2.26", true, "2027-07-29", "2027-08-31"},
		{"python3.11", "Amazon Linux 2", "2.26", true, "2027-07-29", "2027-08-31"},
		{"python3.12", "Amazon Linux 2023", "2.34", true, "2028-11-30", "2029-01-10"},
		{"python3.13", "Amazon Linux 2023", "2.34", true, "2029-07-31", "2029-08-31"},
		{"python3.14", "Amazon Linux 2023", "2.34", true, "2029-07-31", "2029-08-31"},
	}
}

// Lookup finds a runtime by Lambda's name for it. The error lists the known ones.
func Lookup(python string) (Runtime, error) {
	known := Runtimes()
	names := make([]string, len(known))
	for i, r := range known {
		if r.Python == python {
			return r, nil
		}
		names[i] = r.Python
	}
	return Runtime{}, fmt.Errorf("%q is not a Lambda Python runtime: set SPARTA_PYTHON to one of %s", python,
		strings.Join(names, ", "))
}

// Check returns an error if Lambda does not create functions with the runtime on a day, or does not update any.
func (r Runtime) Check(creates bool, day time.Time) error {
	today := day.UTC().Format(time.DateOnly)
	switch {
	case today >= r.BlocksUpdate:
		return fmt.Errorf("%s has ended: Lambda has not updated functions with it since %s: "+
			"set SPARTA_PYTHON=%s, or another newer one",
			r.Python, r.BlocksUpdate, Newest())
	case creates && today >= r.BlocksCreate:
		return fmt.Errorf("%s has ended: Lambda has not created functions with it since %s: "+
			"set SPARTA_PYTHON=%s, or another newer one",
			r.Python, r.BlocksCreate, Newest())
	}
	return nil
}

// Architecture returns Lambda's name of one of Go's architectures.
func Architecture(goarch string) string {
	if goarch == "amd64" {
		return "x86_64"
	}
	return goarch
}

// Supports returns an error if Lambda does not have the runtime for goarch.
func (r Runtime) Supports(goarch string) error {
	switch {
	case goarch != "amd64" && goarch != "arm64":
		return fmt.Errorf("%q is not a Lambda architecture: set SPARTA_GOARCH to amd64 or arm64", goarch)
	case goarch == "arm64" && !r.ARM64:
		return fmt.Errorf("%s is not available for arm64 in Lambda: set SPARTA_PYTHON=%s or SPARTA_GOARCH=amd64",
			r.Python, Newest())
	}
	return nil
}

// Newest returns Lambda's name of the newest Python runtime.
func Newest() string {
	all := Runtimes()
	return all[len(all)-1].Python
}

// newestWith returns the newest runtime whose C library has at least version v, or "" if none has.
func newestWith(v version) string {
	for _, r := range slices.Backward(Runtimes()) {
		if has, ok := parseVersion(r.GLIBC); ok && slices.Compare(has, v) >= 0 {
			return r.Python
		}
	}
	return ""
}
