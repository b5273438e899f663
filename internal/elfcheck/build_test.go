package elfcheck_test

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// library is a C library for a test: its source, and what it is linked with.
type library struct {
	name     string   // file name and soname: "libc.so.6"
	source   string   // C
	versions string   // linker version script; empty for none
	flags    []string // more for gcc
	with     []string // paths of libraries to link with
}

// build compiles the library into dir with gcc, without the C library unless there are flags for it.
func (l library) build(t *testing.T, dir string) string {
	t.Helper()
	needGCC(t)
	path := filepath.Join(dir, l.name)
	source := path + ".c"
	write(t, source, l.source)
	args := []string{"-shared", "-fPIC", "-nostdlib", "-Wl,-soname," + l.name, "-o", path, source}
	if l.versions != "" {
		write(t, path+".map", l.versions)
		args = append(args, "-Xlinker", "--version-script="+path+".map") // -Wl would split at commas
	}
	args = append(args, l.flags...)
	args = append(args, l.with...)
	run(t, nil, "gcc", args...)
	return path
}

// needGCC skips the test if gcc is missing or does not make ELF files.
func needGCC(t *testing.T) {
	t.Helper()
	testrequire.Need(t, "gcc")
	if runtime.GOOS != "linux" {
		t.Skipf("this machine has no compiler for Linux: gcc builds for %s", runtime.GOOS)
	}
}

// fakeLibc is a libc.so.6 that defines its functions in versions which no real one has.
func fakeLibc(t *testing.T, source, versions string) string {
	t.Helper()
	return library{name: "libc.so.6", source: source, versions: versions}.build(t, t.TempDir())
}

// bytes32 is the header of a 32-bit file.
func bytes32(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	header := elf.Header32{
		Ident: [elf.EI_NIDENT]byte{
			0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS32), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT),
		},
		Type:    uint16(elf.ET_DYN),
		Machine: uint16(elf.EM_386),
		Version: uint32(elf.EV_CURRENT),
		Ehsize:  52,
	}
	if err := binary.Write(&b, binary.LittleEndian, header); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// patched is testdata/small.so, a library for amd64, with one byte changed.
func patched(t *testing.T, offset int, value byte) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "small.so"))
	if err != nil {
		t.Fatal(err)
	}
	content[offset] = value
	return content
}

func run(t *testing.T, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
