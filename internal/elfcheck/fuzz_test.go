package elfcheck

import (
	"bytes"
	"debug/elf"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// A damaged library results in an error or a report, never in a panic, and without its section headers in the same.
func FuzzCheck(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x7fELF\x02\x01\x01"))
	// A small whole library, made by: gcc -shared -nostdlib -s, of a function that calls
	// pthread_create of GLIBC_2.34.
	seed, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add(unsectioned(seed))
	r, err := Lookup("python3.13")
	if err != nil {
		f.Fatal(err)
	}
	options := Options{GOARCH: "amd64", Python: r.Python, Exports: []string{"call"}}
	f.Fuzz(func(t *testing.T, content []byte) {
		if !bytes.HasPrefix(content, []byte(magic)) {
			t.Skip() // open has refused it
		}
		report, err := check(bytes.NewReader(content), int64(len(content)), r, options)
		if err != nil {
			return
		}
		f, err := elf.NewFile(bytes.NewReader(unsectioned(content)))
		if err == nil && (f.Machine != elf.EM_X86_64 || f.Type != elf.ET_DYN) {
			t.Errorf("accepted a file of type %s for %s", f.Type, f.Machine)
		}
		content = unsectioned(content)
		again, err := check(bytes.NewReader(content), int64(len(content)), r, options)
		if err != nil || !reflect.DeepEqual(report, again) {
			t.Errorf("without section headers, the report is\n%+v, %v\nnot\n%+v", again, err, report)
		}
	})
}
