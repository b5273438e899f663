// Package elfcheck checks before a deployment whether one of Lambda's managed Python runtimes can load a file:
// whether it is a shared library for the right machine, exports the functions that Python calls, and works with
// the version of that runtime's C library.
package elfcheck

import (
	"debug/elf"
	"errors"
	"fmt"
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
	f, err := elf.NewFile(file)
	if err != nil {
		return Report{}, fmt.Errorf("check %s: it is truncated or damaged; build again: %w", path, err)
	}
	report, err := check(f, r, options)
	if err != nil {
		return report, fmt.Errorf("check %s: %w", path, err)
	}
	return report, nil
}

func check(f *elf.File, r Runtime, options Options) (Report, error) {
	report := Report{GLIBCAvailable: r.GLIBC, OS: r.OS}
	if err := checkHeader(f, options.GOARCH); err != nil {
		return report, err
	}
	report.Machine = options.GOARCH

	// The loader reads program headers only, debug/elf section headers only.
	if f.SectionByType(elf.SHT_DYNAMIC) == nil {
		return report, errors.New("it has no dynamic section to check: build again, without stripping section headers")
	}
	var err error
	if report.Needed, err = f.ImportedLibraries(); err != nil {
		return report, fmt.Errorf("read its libraries: %w", err)
	}
	if report.Warnings, err = checkLibraries(report.Needed, options.Shipped, r); err != nil {
		return report, err
	}
	symbols, err := f.DynamicSymbols()
	if err != nil && !errors.Is(err, elf.ErrNoSymbols) {
		return report, fmt.Errorf("read its symbols: %w", err)
	}
	if err := checkExports(symbols, options.Exports); err != nil {
		return report, err
	}
	needs, err := glibcNeeds(f)
	if err != nil || len(needs) == 0 {
		return report, err
	}
	newest := needs[0]
	report.GLIBC = strings.TrimPrefix(newest.tag, "GLIBC_")
	taken := imports(symbols)
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
