// Package elfcheck checks before a deployment whether one of Lambda's managed Python runtimes can load a file:
// whether it is a shared library for the right machine, exports the functions that Python calls, and works with
// the version of that runtime's C library.
package elfcheck

import (
	"fmt"
	"io"
	"strings"
)

// Options says where a library is to run.
type Options struct {
	GOARCH  string   // amd64 or arm64
	Python  string   // Lambda's name of the runtime: "python3.13"
	Exports []string // C functions that the library must define
	Shipped []string // names of the libraries in the package's lib/, which Lambda searches too
}

// Report is what Check found in a library that will load.
type Report struct {
	Machine        string   // amd64 or arm64
	GLIBC          string   // the newest C library version that it needs, "2.34"; empty if it needs none
	GLIBCAvailable string   // the runtime's: "2.34"
	OS             string   // the runtime's: "Amazon Linux 2023"
	Needed         []string // libraries that it is linked with, in the loader's order
	Symbols        []Symbol // those that need version GLIBC
	Warnings       []string // sentences about libraries that the runtime may lack
}

// Symbol is a function or variable that the library imports from another one.
type Symbol struct {
	Name    string // pthread_create
	Version string // GLIBC_2.34; empty when unversioned
	Library string // libc.so.6; empty when unversioned
}

// Check reads the library at path. The error is the first reason why the runtime could not load
// or use it, with the next step; the Report is then incomplete.
func Check(path string, options Options) (Report, error) {
	r, err := Lookup(options.Python)
	if err != nil {
		return Report{}, err
	}
	if err := r.Supports(options.GOARCH); err != nil {
		return Report{}, err
	}
	file, err := open(path)
	if err != nil {
		return Report{}, fmt.Errorf("check %s: %w", path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Report{}, fmt.Errorf("check %s: %w", path, err)
	}
	report, err := check(file, info.Size(), r, options)
	if err != nil {
		return report, fmt.Errorf("check %s: %w", path, err)
	}
	return report, nil
}

func check(file io.ReaderAt, size int64, r Runtime, options Options) (Report, error) {
	report := Report{GLIBCAvailable: r.GLIBC, OS: r.OS}
	library, err := read(file, size, options.GOARCH)
	if err != nil {
		return report, err
	}
	report.Machine = options.GOARCH
	report.Needed = library.needed
	if report.Warnings, err = checkLibraries(report.Needed, options.Shipped, r); err != nil {
		return report, err
	}
	if err := checkExports(library.symbols, options.Exports); err != nil {
		return report, err
	}
	needs, err := glibcNeeds(library.versions)
	if err != nil || len(needs) == 0 {
		return report, err
	}
	newest := needs[0]
	report.GLIBC = strings.TrimPrefix(newest.tag, "GLIBC_")
	taken := imports(library.symbols, library.versions)
	for _, s := range taken {
		if s.Version == newest.tag {
			report.Symbols = append(report.Symbols, s)
		}
	}
	if has, ok := parseVersion(r.GLIBC); !ok || newest.newerThan(has) {
		return report, unmet(needs, taken, r)
	}
	return report, nil
}
