package elfcheck_test

import (
	"debug/elf"
	"os"
	"runtime"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/elfcheck"
)

// here returns options that a library of this machine's gcc satisfies.
func here() elfcheck.Options {
	return elfcheck.Options{GOARCH: runtime.GOARCH, Python: "python3.13"}
}

func TestAccepts(t *testing.T) {
	t.Run("a library without a C library", func(t *testing.T) {
		path := library{name: "a.so", source: "int answer(void) { return 42; }"}.build(t, t.TempDir())
		options := here()
		options.Exports = []string{"answer"}
		report := accept(t, path, options)
		if report.Machine != runtime.GOARCH || report.OS != "Amazon Linux 2023" ||
			report.GLIBC != "" || report.GLIBCAvailable != "2.34" {
			t.Errorf("report is %+v", report)
		}
	})
	t.Run("versions are compared as numbers, and the newest is reported with its symbols", func(t *testing.T) {
		libc := fakeLibc(t, "int old(void){return 1;} int now(void){return 2;}",
			"GLIBC_2.9 { global: old; };\nGLIBC_2.34 { global: now; } GLIBC_2.9;\n")
		path := library{
			name:   "a.so",
			source: "int old(void); int now(void); int f(void) { return old() + now(); }",
			with:   []string{libc},
		}.build(t, t.TempDir())
		report := accept(t, path, here())
		if report.GLIBC != "2.34" {
			t.Errorf("GLIBC is %q, want 2.34", report.GLIBC)
		}
		want := []elfcheck.Symbol{{Name: "now", Version: "GLIBC_2.34", Library: "libc.so.6"}}
		if !slices.Equal(report.Symbols, want) {
			t.Errorf("symbols are %v, want %v", report.Symbols, want)
		}
		if !slices.Equal(report.Needed, []string{"libc.so.6"}) {
			t.Errorf("needed is %q", report.Needed)
		}
	})
	t.Run("a weak version, as of weak symbols", func(t *testing.T) {
		options := elfcheck.Options{GOARCH: "amd64", Python: "python3.11", Exports: []string{"call"}}
		if _, err := elfcheck.Check(file(t, string(patched(t, 0, 0x7f))), options); err == nil {
			t.Fatal("small.so needs GLIBC_2.34, but python3.11 accepts it")
		}
		// The flags of small.so's only needed version: see readelf -V.
		const flags = 0x1f8 + 0x10 + 4
		weak := file(t, string(patched(t, flags, byte(elf.VER_FLG_WEAK))))
		if report := accept(t, weak, options); report.GLIBC != "" {
			t.Errorf("GLIBC is %q, want none", report.GLIBC)
		}
	})
	t.Run("a version that has no number", func(t *testing.T) {
		libc := fakeLibc(t, "int inner(void){return 1;}", "GLIBC_PRIVATE { global: inner; };\n")
		path := library{
			name:   "a.so",
			source: "int inner(void); int f(void) { return inner(); }",
			with:   []string{libc},
		}.build(t, t.TempDir())
		if report := accept(t, path, here()); report.GLIBC != "" {
			t.Errorf("GLIBC is %q, want none", report.GLIBC)
		}
	})
	t.Run("another library is a warning, unless the package has it", func(t *testing.T) {
		dir := t.TempDir()
		dep := library{name: "libsqlite3.so.0", source: "int open_db(void){return 0;}"}.build(t, dir)
		path := library{
			name:   "a.so",
			source: "int open_db(void); int f(void){return open_db();}",
			with:   []string{dep},
		}.build(t, dir)
		report := accept(t, path, here())
		want := []string{
			"needs libsqlite3.so.0, which python3.13 may lack: put it into the package as lib/libsqlite3.so.0",
		}
		if !slices.Equal(report.Warnings, want) {
			t.Errorf("warnings are %q, want %q", report.Warnings, want)
		}
		options := here()
		options.Shipped = []string{"libsqlite3.so.0"}
		if report := accept(t, path, options); len(report.Warnings) != 0 {
			t.Errorf("warnings about a shipped library: %q", report.Warnings)
		}
	})
}

// A truncated library is refused, wherever it ends.
func TestRefusesTruncated(t *testing.T) {
	path := library{
		name:   "a.so",
		source: "int answer(void) { return 42; }",
		flags:  []string{"-Wl,-soname,a"},
	}.build(t, t.TempDir())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	options := here()
	options.Exports = []string{"answer"}
	accept(t, path, options)
	for size := 0; size < len(whole); size += 1 + len(whole)/100 {
		cut := file(t, string(whole[:size]))
		if _, err := elfcheck.Check(cut, options); err == nil {
			t.Errorf("%d of %d bytes are accepted", size, len(whole))
		}
	}
}

// The loader does not read section headers, which `strip --strip-section-headers` leaves out.
func TestAcceptsALibraryWithoutSectionHeaders(t *testing.T) {
	libc := fakeLibc(t, "int now(void){return 2;}", "GLIBC_2.34 { global: now; };\n")
	path := library{
		name: "a.so", source: "int now(void); int f(void) { return now(); }", with: []string{libc},
	}.build(t, t.TempDir())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(whole[0x28:0x30]) // e_shoff
	clear(whole[0x3a:0x40]) // e_shentsize, e_shnum, e_shstrndx
	path = file(t, string(whole))
	options := here()
	options.Exports = []string{"f"}
	report := accept(t, path, options)
	want := []elfcheck.Symbol{{Name: "now", Version: "GLIBC_2.34", Library: "libc.so.6"}}
	if !slices.Equal(report.Symbols, want) {
		t.Errorf("symbols are %v, want %v", report.Symbols, want)
	}
	options.Exports = []string{"now"}
	if _, err := elfcheck.Check(path, options); err == nil {
		t.Error("a library that only uses now is accepted as one that exports it")
	}
}

func accept(t *testing.T, path string, options elfcheck.Options) elfcheck.Report {
	t.Helper()
	report, err := elfcheck.Check(path, options)
	if err != nil {
		t.Fatal(err)
	}
	return report
}
