package elfcheck

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever 2, 4 or 8 bytes of a library are wrong, reading it ends with a result or with an error.
func TestReadsLibrariesWithAnyWrongNumber(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		t.Fatal(err)
	}
	for offset := range len(whole) - 8 {
		for _, value := range []uint64{0, 1, math.MaxInt32, math.MaxUint32, math.MaxInt64, math.MaxUint64 - 7} {
			for size := 2; size <= 8; size *= 2 {
				content := bytes.Clone(whole)
				var number [8]byte
				binary.LittleEndian.PutUint64(number[:], value)
				copy(content[offset:], number[:size])
				read(bytes.NewReader(content), int64(len(content)), "amd64")
			}
		}
	}
}

func TestReadsNoMoreThanALibraryHas(t *testing.T) {
	small, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		tag, value uint64
		want       string
	}{
		"names in front of the file": {
			tagStrings, math.MaxUint64, "read its names: ",
		},
		"more names than the file has bytes": {
			tagStringsSize, 1 << 40, "read its names: 1099511627776 bytes at address 0x",
		},
		"a library's name outside of the names": {
			tagNeeded, 1 << 20, "read its libraries: there is no name at 0x100000 of",
		},
		"symbols behind the file": {
			tagSymbols, 1 << 50, "read its symbols: ",
		},
		"symbols of another size": {
			tagSymbolSize, 16, "read its symbols: symbols have 16 bytes each, want 24",
		},
		"a hash table behind the file": {
			tagGNUHash, 1 << 50, "read its symbols: 16 bytes at address 0x4000000000000 are not within a segment",
		},
		"versions of symbols behind the file": {
			tagVersions, 1 << 50, "read its symbols: ",
		},
		"versions of libraries behind the file": {
			tagVersionNeed, 1 << 50, "read its symbol versions: 16 bytes at address 0x4000000000000 are not within",
		},
	} {
		t.Run(name, func(t *testing.T) {
			content := withEntry(t, small, test.tag, test.value)
			_, err := read(bytes.NewReader(content), int64(len(content)), "amd64")
			if err == nil || !strings.HasPrefix(err.Error(), "it is truncated or damaged; build again: "+test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestRefusesALibraryWithoutADynamicSection(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	table, count := binary.LittleEndian.Uint64(content[32:]), binary.LittleEndian.Uint16(content[56:])
	for i := range uint64(count) {
		if kind := content[table+i*segmentSize:]; binary.LittleEndian.Uint32(kind) == kindDynamic {
			binary.LittleEndian.PutUint32(kind, 0) // PT_NULL
			found = true
		}
	}
	_, err = read(bytes.NewReader(content), int64(len(content)), "amd64")
	if !found || err == nil || !strings.HasPrefix(err.Error(), "it has no dynamic section, which the loader needs") {
		t.Errorf("found: %t, error %v", found, err)
	}
}

// A file that is larger than memory is not read as a whole.
func TestReadsOnlyTables(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.so")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	const size = 1 << 40
	if err := os.Truncate(path, size); err != nil {
		t.Skipf("this file system has no file of %d bytes with nothing in it: %v", size, err)
	}
	if _, err := Check(path, Options{GOARCH: "amd64", Python: "python3.13", Exports: []string{"call"}}); err != nil {
		t.Error(err)
	}
}

// withEntry returns a library with another value for an entry of its dynamic section.
func withEntry(t *testing.T, content []byte, tag, value uint64) []byte {
	t.Helper()
	f, err := elf.NewFile(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	content = bytes.Clone(content)
	section := f.SectionByType(elf.SHT_DYNAMIC)
	for at := section.Offset; at < section.Offset+section.Size; at += 16 {
		if binary.LittleEndian.Uint64(content[at:]) == tag {
			binary.LittleEndian.PutUint64(content[at+8:], value)
			return content
		}
	}
	t.Fatalf("there is no entry %#x", tag)
	return nil
}
