package elfcheck

import (
	"fmt"
	"slices"
	"strings"
)

// Runtime describes one of Lambda's managed Python runtimes.
type Runtime struct {
	Python string // Lambda's name of the runtime: "python3.13"
	OS     string // what it runs on: "Amazon Linux 2023"
	GLIBC  string // that system's C library: "2.34"
	ARM64  bool   // whether Lambda offers it for arm64
}

// Runtimes lists the Python runtimes whose C library is known, the oldest first.
//
// The system of a runtime is in AWS's list, "Lambda runtimes" in the developer guide
// (docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, and "Deprecated runtimes" there for
// the retired ones); the C library's version is that of the system's glibc package.
func Runtimes() []Runtime {
	return []Runtime{
		{Python: "python3.6", OS: "Amazon Linux 1", GLIBC: "2.17"},
		{Python: "python3.7", OS: "Amazon Linux 1", GLIBC: "2.17"},
		{Python: "python3.8", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		{Python: "python3.9", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		{Python: "python3.10", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		{Python: "python3.11", OS: "Amazon Linux 2", GLIBC: "2.26", ARM64: true},
		{Python: "python3.12", OS: "Amazon Linux 2023", GLIBC: "2.34", ARM64: true},
		{Python: "python3.13", OS: "Amazon Linux 2023", GLIBC: "2.34", ARM64: true},
		{Python: "python3.14", OS: "Amazon Linux 2023", GLIBC: "2.34", ARM64: true},
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

// Supports returns an error if Lambda does not have the runtime for goarch.
func (r Runtime) Supports(goarch string) error {
	switch {
	case goarch != "amd64" && goarch != "arm64":
		return fmt.Errorf("%q is not a Lambda architecture: set SPARTA_GOARCH to amd64 or arm64", goarch)
	case goarch == "arm64" && !r.ARM64:
		return fmt.Errorf("%s is not available for arm64 in Lambda: set SPARTA_PYTHON=%s or SPARTA_GOARCH=amd64",
			r.Python, newest())
	}
	return nil
}

func newest() string {
	all := Runtimes()
	return all[len(all)-1].Python
}

// newestWith returns the newest runtime whose C library has version v, or "" if none has.
func newestWith(v version) string {
	for _, r := range slices.Backward(Runtimes()) {
		if has, ok := parseVersion(r.GLIBC); ok && slices.Compare(has, v) >= 0 {
			return r.Python
		}
	}
	return ""
}
