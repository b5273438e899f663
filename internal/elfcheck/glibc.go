package elfcheck

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// need is a version that the C library has to provide.
type need struct {
	tag     string // GLIBC_2.34
	library string // libc.so.6
	version version
}

func (n need) newerThan(v version) bool { return slices.Compare(n.version, v) > 0 }

// glibcNeeds returns the versions that the C library has to have, the newest first. The loader checks all entries but
// the weak ones, even those that no symbol uses.
func glibcNeeds(versions []versionNeed) ([]need, error) {
	var needs []need
	for _, v := range versions {
		number, ok := strings.CutPrefix(v.name, "GLIBC_")
		// Every glibc has GLIBC_PRIVATE.
		if !ok || number == "PRIVATE" || v.weak {
			continue
		}
		// These are not versions but features of the loader; the first one, DT_RELR, came with 2.36.
		if strings.HasPrefix(number, "ABI_") {
			number = "2.36"
		}
		parsed, ok := parseVersion(number)
		if !ok {
			return nil, fmt.Errorf("read its symbol versions: %q of %s is not a version", v.name, v.library)
		}
		needs = append(needs, need{tag: v.name, library: v.library, version: parsed})
	}
	slices.SortStableFunc(needs, func(a, b need) int { return slices.Compare(b.version, a.version) })
	return needs, nil
}

// NewerGLIBC is the error of a library that needs a newer C library than the runtime has. It may run on this machine.
type NewerGLIBC struct{ problem string }

func (e *NewerGLIBC) Error() string { return e.problem }

// unmet returns an error that names the needs that the runtime's C library does not meet. The first need is the newest.
func unmet(needs []need, symbols []Symbol, r Runtime) error {
	has, _ := parseVersion(r.GLIBC)
	var reasons []string
	for _, n := range needs {
		if n.newerThan(has) {
			reasons = append(reasons, n.because(symbols))
		}
	}
	return &NewerGLIBC{fmt.Sprintf("it needs %s, but %s runs on %s with glibc %s: %s",
		few(reasons, 3, "; "), r.Python, r.OS, r.GLIBC, olderBuild(needs[0].version, r))}
}

// because describes a need, with the symbols that have it.
func (n need) because(symbols []Symbol) string {
	var names []string
	for _, s := range symbols {
		if s.Version == n.tag && s.Library == n.library {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("%s of %s", n.tag, n.library)
	}
	return fmt.Sprintf("%s of %s (for %s)", n.tag, n.library, few(names, 3, ", "))
}

// olderBuild returns how to build for r's C library, or which runtime has a newer one.
func olderBuild(needed version, r Runtime) string {
	image := fmt.Sprintf("build in a container (SPARTA_BUILDER=docker) "+
		"from an image with glibc %s or older (SPARTA_IMAGE)", r.GLIBC)
	// Go itself needs 2.34 when it is built on bookworm; C code of the application may need more.
	if has, _ := parseVersion(r.GLIBC); slices.Compare(has, version{2, 34}) >= 0 {
		image = "build in a container with an older Debian: SPARTA_BUILDER=docker SPARTA_IMAGE=" + bookworm()
	}
	if python := newestWith(needed); python != "" {
		return fmt.Sprintf("deploy to a newer Python (SPARTA_PYTHON=%s), or %s", python, image)
	}
	return image
}

// bookworm returns the official image of this Go version that has the oldest C library.
func bookworm() string {
	release, _, _ := strings.Cut(strings.TrimPrefix(runtime.Version(), "go"), " ")
	if release == "" || release[0] < '0' || release[0] > '9' {
		return "golang:bookworm" // a development version has no image
	}
	return "golang:" + release + "-bookworm"
}

// few joins the first n items and counts the rest.
func few(items []string, n int, separator string) string {
	if len(items) <= n {
		return strings.Join(items, separator)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:n], separator), len(items)-n)
}
