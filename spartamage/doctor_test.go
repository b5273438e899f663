//go:build unix

package spartamage

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testengine"
	"github.com/go-sparta/sparta/internal/workspace"
)

// doctorMachine sets a PATH that contains only this machine's go, and writes a small module.
func doctorMachine(t *testing.T) (testengine.CLI, string) {
	t.Helper()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the findings are those of linux/amd64")
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CC", "gcc")
	fake := testengine.New(t)
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' \"$@\"\n", goTool)
	if err := os.WriteFile(filepath.Join(fake.Dir, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":  "module example.com/app\n\ngo 1.26\n",
		"main.go": "package main\n\nfunc main() {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return fake, dir
}

func TestDoctor(t *testing.T) {
	const (
		gcc    = "*) echo x86_64-linux-gnu;;"
		python = `*) printf '/usr/bin/python3\n3.13\n2.2.1\n';;`
		bare   = `"image inspect"*) echo 'no such image' >&2; exit 1;; info*) echo '{}';;`
	)
	tests := map[string]struct {
		programs map[string]string
		options  BuildOptions
		want     []string // lines, or beginnings of lines
		err      string
	}{
		"a machine that has everything": {
			programs: map[string]string{
				"docker":  testengine.Ready,
				"gcc":     gcc,
				"python3": python,
				"git":     "",
				"aws":     "",
			},
			want: []string{
				"ok       go            go1.",
				"ok       container     docker has golang:",
				"ok       compiler      ",
				"ok       package       example.com/app of module example.com/app in ",
				"ok       workspace     ",
				"ok       python3       Python 3.13 (/usr/bin/python3)",
				"ok       awslambdaric  cgo:invoke runs AWS's own client, 2.2.1",
				"ok       pip           /",
				"ok       git           /",
				"ok       aws           /",
				"ok       build         for linux/amd64 in a container",
			},
		},
		"no engine": {
			programs: map[string]string{"gcc": gcc},
			want: []string{
				"missing  container     no container engine is installed: none of",
				"ok       compiler      ",
				"warn     python3       no Python found that runs; cgo:invoke needs it: install Python 3.13",
				"warn     pip           no Python with pip is on PATH; only SPARTA_REQUIREMENTS needs it",
				"warn     git           not on PATH",
				"ok       build         for linux/amd64 with the host's own toolchain",
			},
		},
		"an engine without the image": {
			programs: map[string]string{"docker": bare},
			want: []string{
				"warn     container     docker runs but has no golang:",
				"missing  compiler      ",
				"warn     build         for linux/amd64 in a container, if",
			},
		},
		"another Python than Lambda's": {
			programs: map[string]string{"docker": testengine.Ready, "python3": `*) printf '/bin/python3\n3.13\n\n';;`},
			options:  BuildOptions{Python: "python3.12"},
			want: []string{
				"warn     python3       cgo:invoke uses Python 3.13 (/bin/python3), Lambda 3.12; install",
				"warn     awslambdaric  cannot be imported: cgo:invoke uses its own client instead; " +
					"to use AWS's: /bin/python3 -m pip",
			},
		},
		"Lambda's Python beside another": {
			programs: map[string]string{
				"docker":     testengine.Ready,
				"python3":    `*) printf '/bin/python3\n3.11\n\n';;`,
				"python3.13": `*) printf '/bin/python3.13\n3.13\n\n';;`,
			},
			want: []string{
				"ok       python3       Python 3.13 (/bin/python3.13)",
				"warn     awslambdaric  cannot be imported",
			},
		},
		"packages and no pip": {
			programs: map[string]string{"docker": testengine.Ready, "python3": "*) echo no module pip >&2; exit 1;;"},
			options:  BuildOptions{Requirements: "requirements.txt"},
			want: []string{
				"warn     pip           no Python has pip; " +
					"the first build installs the packages of requirements.txt: install it (Debian: apt-get",
			},
		},
		"a package that does not exist": {
			programs: map[string]string{"docker": testengine.Ready},
			options:  BuildOptions{Package: "./cmd/x"},
			want:     []string{"warn     package       ", "ok       build"},
		},
		"neither engine nor compiler": {
			want: []string{"missing  container", "missing  compiler"},
			err:  "no build is possible on this machine: neither",
		},
		"the required engine does not run": {
			programs: map[string]string{"docker": testengine.NoDaemon, "gcc": gcc},
			options:  BuildOptions{Builder: "docker"},
			want:     []string{"missing  container     docker: the container engine is not running"},
			err:      "start it",
		},
		"the required compiler does not exist": {
			programs: map[string]string{"docker": testengine.Ready},
			options:  BuildOptions{Builder: "host"},
			want:     []string{"ok       container", "missing  compiler"},
			err:      "gcc is not on PATH",
		},
		"another architecture needs a cross compiler": {
			programs: map[string]string{"gcc": gcc},
			options:  BuildOptions{GOARCH: "arm64"},
			want:     []string{"missing  compiler      this machine is linux/amd64"},
			err:      "aarch64-linux-gnu-gcc",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fake, dir := doctorMachine(t)
			for _, variable := range os.Environ() { // settings would take precedence over the test's
				if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SPARTA_") {
					t.Setenv(name, "")
				}
			}
			for program, script := range test.programs {
				fake.Add(t, program, script)
			}
			test.options.Dir = dir
			var out bytes.Buffer
			err := Doctor(t.Context(), DoctorOptions{Build: test.options, Out: &out})
			if !says(err, test.err) {
				t.Errorf("Doctor() = %v, want %q", err, test.err)
			}
			for _, line := range test.want {
				if !strings.Contains("\n"+out.String(), "\n"+line) {
					t.Errorf("no line begins with %q", line)
				}
			}
			columns := regexp.MustCompile(`^(ok|warn|missing) +\S+ +\S`)
			for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
				aligned := len(line) >= 24 && line[8] == ' ' && line[22] == ' '
				if !aligned || !columns.MatchString(line) {
					t.Errorf("not a line of three columns: %q", line)
				}
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".sparta*")); left != nil {
				t.Errorf("it left %q behind", left)
			}
			if t.Failed() {
				t.Logf("the findings:\n%s", out.String())
			}
		})
	}
}

func TestDoctorReportsAWorkspaceThatIsNotWritable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	fake, dir := doctorMachine(t)
	fake.Add(t, "docker", testengine.Ready)
	if err := os.Mkdir(filepath.Join(dir, workspace.Name), 0o555); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Doctor(t.Context(), DoctorOptions{Build: BuildOptions{Dir: dir}, Out: &out}); !says(err, "chown") {
		t.Errorf("Doctor() = %v\n%s", err, out.String())
	}
}
