package elfcheck_test

import (
	"debug/elf"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/elfcheck"
)

func TestRefuses(t *testing.T) {
	cases := map[string]struct {
		build   func(t *testing.T) string
		options func(*elfcheck.Options)
		want    []string
	}{
		"a C library newer than any runtime's, naming symbol, library and image": {
			build: func(t *testing.T) string {
				libc := fakeLibc(t, "int shiny(void){return 1;}", "GLIBC_2.99 { global: shiny; };\n")
				return library{
					name:   "a.so",
					source: "int shiny(void); int f(void){return shiny();}",
					with:   []string{libc},
				}.build(t, t.TempDir())
			},
			want: []string{
				"it needs GLIBC_2.99 of libc.so.6 (for shiny), " +
					"but python3.13 runs on Amazon Linux 2023 with glibc 2.34: ",
				"2.34: build in a container with an older Debian: SPARTA_BUILDER=docker SPARTA_IMAGE=golang:",
				"bookworm",
			},
		},
		"a C library that a newer Python has, naming that": {
			build: func(t *testing.T) string {
				libc := fakeLibc(t, "int pthread_create(void){return 1;}", "GLIBC_2.34 { global: pthread_create; };\n")
				return library{
					name:   "a.so",
					source: "int pthread_create(void); int f(void){return pthread_create();}",
					with:   []string{libc},
				}.build(t, t.TempDir())
			},
			options: func(o *elfcheck.Options) { o.Python = "python3.11" },
			want: []string{
				"(for pthread_create), but python3.11 runs on Amazon Linux 2 with glibc 2.26: ",
				"deploy to a newer Python (SPARTA_PYTHON=python3.14), or ",
				"image with glibc 2.26 or older (SPARTA_IMAGE)",
			},
		},
		"a relocation format that only a newer loader knows": {
			build: func(t *testing.T) string {
				const versions = "GLIBC_2.2 { global: f; }; GLIBC_ABI_DT_RELR { } GLIBC_2.2;\n"
				libc := fakeLibc(t, "int f(void){return 1;}", versions)
				path := filepath.Join(t.TempDir(), "a.so")
				return library{
					name:   filepath.Base(path),
					with:   []string{libc},
					source: "int f(void); int g(void){return f();} static int x; int *p = &x;",
					flags:  []string{"-Wl,-z,pack-relative-relocs"},
				}.build(t, filepath.Dir(path))
			},
			want: []string{"GLIBC_ABI_DT_RELR of libc.so.6, but"},
		},
		"a library from Alpine": {
			build: func(t *testing.T) string {
				musl := library{
					name:   "libc.musl-x86_64.so.1",
					source: "int puts(void){return 1;}",
				}.build(t, t.TempDir())
				return library{
					name:   "a.so",
					source: "int puts(void); int f(void){return puts();}",
					with:   []string{musl},
				}.build(t, t.TempDir())
			},
			want: []string{
				"it is linked with musl's libc.musl-x86_64.so.1, as on Alpine, but python3.13 has glibc", "bookworm",
			},
		},
		"a library from musl-gcc": {
			build: func(t *testing.T) string {
				musl := library{name: "libc.so", source: "int puts(void){return 1;}"}.build(t, t.TempDir())
				return library{
					name:   "a.so",
					source: "int puts(void); int f(void){return puts();}",
					with:   []string{musl},
				}.build(t, t.TempDir())
			},
			want: []string{"it is linked with musl's libc.so, as on Alpine"},
		},
		"exports that are absent, static, hidden or only used": {
			build: func(t *testing.T) string {
				return library{
					name: "a.so", flags: []string{"-Wl,--unresolved-symbols=ignore-all"},
					source: `int used(void); int present(void) { return used(); }
						static int local(void) { return 1; } int (*keep)(void) = local;
						int hidden(void) __attribute__((visibility("hidden"))); int hidden(void) { return 2; }`,
				}.build(t, t.TempDir())
			},
			options: func(o *elfcheck.Options) { o.Exports = []string{"absent", "local", "hidden", "used", "present"} },
			want:    []string{"it does not export absent, local, hidden, used: build it with cgo:build"},
		},
		"a position-independent program": {
			build: func(t *testing.T) string {
				needGCC(t)
				dir := t.TempDir()
				write(t, filepath.Join(dir, "a.c"), "int main(void) { return 0; }")
				run(t, nil, "gcc", "-pie", "-fPIE", "-o", filepath.Join(dir, "a"), filepath.Join(dir, "a.c"))
				return filepath.Join(dir, "a")
			},
			want: []string{"it is not a shared library but a program: build with -buildmode=c-shared"},
		},
		"an object file": {
			build: func(t *testing.T) string {
				needGCC(t)
				dir := t.TempDir()
				write(t, filepath.Join(dir, "a.c"), "int x;")
				run(t, nil, "gcc", "-c", "-o", filepath.Join(dir, "a.o"), filepath.Join(dir, "a.c"))
				return filepath.Join(dir, "a.o")
			},
			want: []string{"it is not a shared library but an object file"},
		},
		"a program": {
			build: func(t *testing.T) string { return program(t, runtime.GOARCH) },
			want:  []string{"it is not a shared library but a program: build with -buildmode=c-shared"},
		},
		"another architecture that Lambda has": {
			build: func(t *testing.T) string { return program(t, other(runtime.GOARCH)) },
			want: []string{
				"it is built for " + other(runtime.GOARCH) + ", but the function is for " + runtime.GOARCH +
					": build again with SPARTA_GOARCH=" + runtime.GOARCH + ", or deploy for " + other(runtime.GOARCH) +
					" with SPARTA_GOARCH=" + other(runtime.GOARCH),
			},
		},
		"32 bits": {
			build: func(t *testing.T) string { return file(t, string(bytes32(t))) },
			want: []string{
				"it is built for EM_386 (ELFCLASS32, ELFDATA2LSB), but the function is for " + runtime.GOARCH,
			},
		},
		"a machine that Lambda does not have": {
			build: func(t *testing.T) string { return file(t, string(patched(t, 0x12, byte(elf.EM_RISCV)))) },
			want: []string{
				"it is built for EM_RISCV (ELFCLASS64, ELFDATA2LSB), but the function is for " + runtime.GOARCH +
					": build again with SPARTA_GOARCH=" + runtime.GOARCH,
			},
		},
		"FreeBSD": {
			build: func(t *testing.T) string {
				return file(t, string(patched(t, elf.EI_OSABI, byte(elf.ELFOSABI_FREEBSD))))
			},
			want: []string{"it is built for FREEBSD: Lambda runs Linux; build with SPARTA_GOOS=linux"},
		},
		"macOS": {
			build: func(t *testing.T) string { return file(t, "\xcf\xfa\xed\xfe\x07\x00\x00\x01") },
			want:  []string{"it is a Mach-O file, built for macOS: Lambda runs Linux; build with SPARTA_GOOS=linux"},
		},
		"Windows": {
			build: func(t *testing.T) string { return file(t, "MZ\x90\x00") },
			want:  []string{"it is a PE file, built for Windows: Lambda runs Linux"},
		},
		"nothing in the file": {
			build: func(t *testing.T) string { return file(t, "") },
			want:  []string{"it is empty: the build did not finish; build again"},
		},
		"text": {
			build: func(t *testing.T) string { return file(t, "#!/bin/sh\necho hello\n") },
			want:  []string{"it is text, not a shared library"},
		},
		"an archive": {
			build: func(t *testing.T) string { return file(t, "!<arch>\nx") },
			want:  []string{"it is a static archive (ar): build with -buildmode=c-shared"},
		},
		"other bytes": {
			build: func(t *testing.T) string { return file(t, "\x01\x02\x03\x00\xff") },
			want:  []string{"it is not an ELF file"},
		},
		"a folder": {
			build: func(t *testing.T) string { return t.TempDir() },
			want:  []string{"it is not a regular file (d"},
		},
		"no file": {
			build: func(t *testing.T) string { return filepath.Join(t.TempDir(), "a.so") },
			want:  []string{"a.so: "},
		},
		"an ELF file's first bytes": {
			build: func(t *testing.T) string { return file(t, "\x7fELF\x02\x01\x01") },
			want:  []string{"it is truncated or damaged; build again"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := c.build(t)
			options := here()
			if c.options != nil {
				c.options(&options)
			}
			_, err := elfcheck.Check(path, options)
			if err == nil {
				t.Fatalf("no error, want %q", c.want)
			}
			if !strings.HasPrefix(err.Error(), "check "+path+": ") {
				t.Errorf("the error does not begin with the file: %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error is\n%v\nwant in it\n%s", err, want)
				}
			}
		})
	}
}

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.so")
	write(t, path, content)
	return path
}

// program builds a Go program for Linux, which needs no C compiler.
func program(t *testing.T, goarch string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "main.go"), "package main\n\nfunc main() {}\n")
	path := filepath.Join(dir, "program")
	run(t, []string{"GOOS=linux", "GOARCH=" + goarch, "CGO_ENABLED=0", "GOFLAGS="},
		"go", "build", "-o", path, filepath.Join(dir, "main.go"))
	return path
}

func other(goarch string) string {
	if goarch == "amd64" {
		return "arm64"
	}
	return "amd64"
}
