//go:build unix

package spartamage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/internal/workspace"
)

// tinyApp writes a module that compiles to a shared library without a transform. It uses a module outside
// its folder, an overlay, an embedded file and tags. Its path contains quotes, commas and spaces.
func tinyApp(t *testing.T) gobuild.Options {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	root = filepath.Join(root, `a, b: "c"`)
	app := filepath.Join(root, "app")
	testfiles.Write(t, root, map[string]string{
		"app/go.mod": `module example.com/app

go 1.26

require example.com/shared v0.0.0

replace example.com/shared => ../shared
`,
		"app/cmd/x/main.go":      "package main\n\nthis is what the overlay replaces\n",
		"app/cmd/x/motto.txt":    "overlaid",
		"app/cmd/x/tagged.go":    "//go:build lambdabinary && user\n\npackage main\n\nvar tagged = 1\n",
		"app/.sparta/main.go":    tinyMain,
		"shared/go.mod":          "module example.com/shared\n\ngo 1.26\n",
		"shared/shared.go":       "package shared\n\nfunc Answer() int32 { return 42 }\n",
		"app/.sparta/.gitignore": "*\n",
	})
	workspace := filepath.Join(app, ".sparta")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(app, "cmd", "x", "main.go"): filepath.Join(workspace, "main.go"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(workspace, "overlay.json"), overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	env := goEnvironmentOf(t, app)
	image := cmp.Or(os.Getenv("SPARTA_IMAGE"), "golang:"+env.Version())
	return gobuild.Options{
		Dir:       app,
		Workspace: workspace,
		Package:   "./cmd/x",
		Output:    filepath.Join(workspace, "build", "x.so"),
		Overlay:   filepath.Join(workspace, "overlay.json"),
		Builder:   "auto",
		Image:     image,
		Engine:    engineWith(t, os.Getenv("SPARTA_CONTAINER_CLI"), image),
		GOOS:      "linux",
		GOARCH:    runtime.GOARCH,
		Env:       env,
		Tags:      []string{"user"},
		LDFlags:   `-X 'main.title=to be'`,
		Sources: func(context.Context) ([]string, error) {
			return []string{app, filepath.Join(root, "shared")}, nil
		},
		RunContainer: runContainer(quiet(), "x.so"),
		Log:          quiet(),
	}
}

// engineWith returns a function that finds the container engine of that name, or the first if it is empty.
func engineWith(t *testing.T, cli, image string) func() (engine.Engine, error) {
	t.Helper()
	query := engine.Query{CLI: cli, Image: image, Platform: "linux/" + runtime.GOARCH}
	return func() (engine.Engine, error) { return engine.Find(t.Context(), query) }
}

func goEnvironmentOf(t *testing.T, dir string) gosource.Environment {
	t.Helper()
	env, err := gosource.ReadEnvironment(t.Context(), dir, "linux", runtime.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

const tinyMain = `package main

import "C"

import (
	_ "embed"

	"example.com/shared"
)

//go:embed motto.txt
var motto string

var title string

//export Answer
func Answer() int32 { return shared.Answer() + int32(len(motto)+len(title)+tagged) }

func main() {}
`

// sourceTree returns the content of a folder's files, without the workspace.
func sourceTree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == workspace.Name {
			return errors.Join(err, fs.SkipDir)
		}
		if entry.IsDir() {
			files[path] = "folder"
			return nil
		}
		content, err := os.ReadFile(path)
		files[path] = string(content)
		return err
	})
	if err != nil && !errors.Is(err, fs.SkipDir) {
		t.Fatal(err)
	}
	return files
}

func mustCompile(t *testing.T, o gobuild.Options) (builder string, library []byte) {
	t.Helper()
	by, err := gobuild.Compile(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	builder = by.By
	if library, err = os.ReadFile(o.Output); err != nil {
		t.Fatal(err)
	}
	noPartials(t, o)
	return builder, library
}

// noPartials checks that no unfinished library is left.
func noPartials(t *testing.T, o gobuild.Options) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(o.Output))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), gobuild.PartialPrefix) {
			t.Errorf("%s is left in the workspace", entry.Name())
		}
	}
}

func TestCompileInContainer(t *testing.T) {
	testrequire.Need(t, "docker")
	o := tinyApp(t)
	before := sourceTree(t, filepath.Dir(o.Dir))
	var logged bytes.Buffer
	o.Log = logrus.New()
	o.RunContainer = runContainer(o.Log, "x.so")
	o.Log.SetOutput(&logged)
	t.Setenv("SPARTA_API_KEY", "hunter2")
	t.Setenv("SPARTA_A", "one")
	t.Setenv("GOFLAGS", "-tags=another -buildvcs=true")
	o.Env = goEnvironmentOf(t, o.Dir)
	builder, inContainer := mustCompile(t, o)
	if !strings.Contains(builder, "golang:"+o.Env.Version()+" in ") && os.Getenv("SPARTA_IMAGE") == "" {
		t.Errorf("Compile() says that %q built it", builder)
	}

	// Defect 13 of the original Sparta: the values of SPARTA_* variables were logged.
	line := logged.String()
	if strings.Contains(line, "hunter2") || strings.Contains(line, "to be") {
		t.Errorf("the log holds a value: %s", line)
	}
	for _, part := range []string{
		"Building `cgo` library in Docker",
		"Name=x.so",
		"-e SPARTA_A -e SPARTA_API_KEY ",
		"-tags=another,lambdabinary,user ",
	} {
		if !strings.Contains(line, part) {
			t.Errorf("the log line does not have %q: %s", part, line)
		}
	}
	if after := sourceTree(t, filepath.Dir(o.Dir)); !maps.Equal(before, after) {
		t.Errorf("the build changed the application's folder: %d entries, then %d", len(before), len(after))
	}

	t.Run("what it writes is the caller's", func(t *testing.T) { callersOwn(t, o.Workspace) })

	t.Run("the host builds the same bytes", func(t *testing.T) {
		testrequire.Need(t, "gcc")
		if runtime.GOOS != "linux" {
			t.Skip("this machine has no compiler for Linux")
		}
		host := o
		host.Builder, host.Output = "host", filepath.Join(o.Workspace, "build", "host.so")
		builder, onHost := mustCompile(t, host)
		if !bytes.Equal(inContainer, onHost) {
			t.Errorf("%d bytes in the container and %d others on the host", len(inContainer), len(onHost))
		}
		if want := "the host's go" + o.Env.Version(); builder != want {
			t.Errorf("Compile() says %q built it, want %q", builder, want)
		}
		if python, err := exec.LookPath("python3"); err == nil {
			const answer = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).Answer())"
			out, err := exec.Command(python, "-c", answer, o.Output).CombinedOutput()
			if got := strings.TrimSpace(string(out)); err != nil || got != "56" {
				t.Errorf("the library answers %q, %v; want 56", got, err)
			}
		}
	})

	t.Run("a rejected application keeps its lines and the earlier library", func(t *testing.T) {
		broken := o
		source := strings.Replace(tinyMain, "shared.Answer()", "shared.Question()", 1)
		if err := os.WriteFile(filepath.Join(o.Workspace, "main.go"), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := gobuild.Compile(t.Context(), broken)
		rejected := new(gobuild.CompileError)
		if !errors.As(err, &rejected) ||
			!strings.Contains(rejected.Text, "main.go:17:") ||
			!strings.Contains(rejected.Text, "undefined: shared.Question") {
			t.Errorf("Compile() = %v", err)
		}
		if strings.Contains(rejected.Text, workspace.Name) {
			t.Errorf("the compiler's text names the transformed file: %s", rejected.Text)
		}
		if library, err := os.ReadFile(o.Output); err != nil || !bytes.Equal(library, inContainer) {
			t.Errorf("the earlier library is gone: %v", err)
		}
	})

	t.Run("what the container does not have is one clear error", func(t *testing.T) {
		offline := o
		source := strings.Replace(tinyMain, `_ "embed"`, "_ \"embed\"\n\n\t_ \"example.com/absent\"", 1)
		if err := os.WriteFile(filepath.Join(o.Workspace, "main.go"), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := gobuild.Compile(t.Context(), offline)
		rejected := new(gobuild.CompileError)
		if err == nil || errors.As(err, &rejected) || !strings.Contains(err.Error(), "example.com/absent") {
			t.Errorf("Compile() = %v", err)
		}
	})
}

func TestCompileRefusesBadSettings(t *testing.T) {
	tests := map[string]struct {
		change func(*gobuild.Options)
		err    string
	}{
		"an unknown builder":            {func(o *gobuild.Options) { o.Builder = "cloud" }, "use auto, docker or host"},
		"linker flags that are invalid": {func(o *gobuild.Options) { o.LDFlags = "main.v=1" }, "not a flag"},
		"a package that looks like a flag": {
			func(o *gobuild.Options) { o.Package = "-toolexec=rm" }, "looks like a flag",
		},
		"a container for macOS": {
			func(o *gobuild.Options) { o.Builder, o.GOOS = "docker", "darwin" }, "SPARTA_BUILDER=host",
		},
		"a host for another system": {
			func(o *gobuild.Options) { o.Builder, o.GOOS = "host", "plan9" }, "cross compiler",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := tinyApp(t)
			test.change(&o)
			if _, err := gobuild.Compile(t.Context(), o); !says(err, test.err) {
				t.Errorf("Compile() = %v, want %q", err, test.err)
			}
			noPartials(t, o)
			if files.Exists(o.Output) {
				t.Error("it left a library")
			}
		})
	}
}

func callersOwn(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		if stat := info.Sys().(*syscall.Stat_t); int(stat.Uid) != os.Getuid() {
			t.Errorf("%s belongs to user %d, not to %d", path, stat.Uid, os.Getuid())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
