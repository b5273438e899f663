package elfcheck

import (
	"bytes"
	"debug/elf"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// The program headers of a library lead to what its section headers lead to, which package debug/elf reads. And they
// do so in a library without section headers.
func TestReadsWhatSectionHeadersDescribe(t *testing.T) {
	for _, path := range systemLibraries(t) {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, ok := bySections(t, path, content)
		if !ok {
			continue
		}
		for name, content := range map[string][]byte{"": content, " without section headers": unsectioned(content)} {
			got, err := read(bytes.NewReader(content), int64(len(content)), runtime.GOARCH)
			if err != nil {
				t.Errorf("%s%s: %v", path, name, err)
				continue
			}
			compare(t, path+name, got, want)
		}
	}
}

func compare(t *testing.T, path string, got, want library) {
	t.Helper()
	if !slices.Equal(got.needed, want.needed) {
		t.Errorf("%s: needs %q, want %q", path, got.needed, want.needed)
	}
	if !slices.Equal(got.symbols, want.symbols) {
		t.Errorf("%s: has %d symbols, want %d:\n%+v\nwant\n%+v", path, len(got.symbols), len(want.symbols),
			first(got.symbols), first(want.symbols))
	}
	if !slices.Equal(got.versions, want.versions) {
		t.Errorf("%s: needs versions\n%+v\nwant\n%+v", path, got.versions, want.versions)
	}
}

func first(symbols []symbol) []symbol { return symbols[:min(len(symbols), 10)] }

// bySections reads a library by its section headers, and reports whether this is a library for this machine.
func bySections(t *testing.T, path string, content []byte) (library, bool) {
	t.Helper()
	f, err := elf.NewFile(bytes.NewReader(content))
	if err != nil || f.Type != elf.ET_DYN || f.Class != elf.ELFCLASS64 || !isHere(f.Machine) {
		return library{}, false // a linker script, or a library for another machine
	}
	if flags, err := f.DynValue(elf.DT_FLAGS_1); err == nil && len(flags) > 0 && flags[0]&uint64(elf.DF_1_PIE) != 0 {
		return library{}, false
	}
	var l library
	if l.needed, err = f.ImportedLibraries(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	symbols, err := f.DynamicSymbols()
	if err != nil && !errors.Is(err, elf.ErrNoSymbols) {
		t.Fatalf("%s: %v", path, err)
	}
	for _, s := range symbols {
		bind := elf.ST_BIND(s.Info)
		l.symbols = append(l.symbols, symbol{
			name:    s.Name,
			defined: s.Section != elf.SHN_UNDEF,
			global:  bind == elf.STB_GLOBAL || bind == elf.STB_WEAK,
			version: s.VersionIndex.Index(),
		})
	}
	if f.SectionByType(elf.SHT_GNU_VERNEED) == nil {
		return l, true
	}
	libraries, err := f.DynamicVersionNeeds()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, of := range libraries {
		for _, v := range of.Needs {
			l.versions = append(l.versions, versionNeed{
				library: of.Name, name: v.Dep, weak: v.Flags&elf.VER_FLG_WEAK != 0, index: v.Index,
			})
		}
	}
	return l, true
}

func isHere(machine elf.Machine) bool {
	return machine == elf.EM_X86_64 && runtime.GOARCH == "amd64" ||
		machine == elf.EM_AARCH64 && runtime.GOARCH == "arm64"
}

// systemLibraries returns libraries of this machine: those beside its C library.
func systemLibraries(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{
		"/lib/*-linux-gnu/*.so*", "/usr/lib/*-linux-gnu/*.so*", "/lib64/*.so*", "/usr/lib64/*.so*",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	for i, path := range paths {
		if resolved, err := filepath.EvalSymlinks(path); err == nil {
			paths[i] = resolved
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	if len(paths) == 0 {
		testrequire.Need(t, "gcc") // which comes with libraries
		t.Skip("this machine has no libraries for Linux where Linux has them")
	}
	return paths
}

// unsectioned returns a library without section headers.
func unsectioned(content []byte) []byte {
	content = bytes.Clone(content)
	clear(content[0x28:0x30]) // e_shoff
	clear(content[0x3a:0x40]) // e_shentsize, e_shnum, e_shstrndx
	return content
}
