package product

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// engine is a container engine that isolates nothing: it runs the command with the container's environment.
// It records its arguments, one on each line, and its own environment.
const engine = `#!/bin/sh
printf '%s\n' "$@" >>"$NOTES/arguments"
case $1 in
image) echo "linux/$ARCH"; exit ;;
run) ;;
*) exit ;;
esac
env >"$NOTES/environment"
while [ "$1" != golang:test ]; do
	case $1 in
	-w) cd "$2" || exit ;;
	-e) case $2 in *=*) export "$2" ;; esac ;;
	esac
	shift
done
shift
exec "$@"
`

// fakeEngine returns the variables with which a project builds with the fake engine, and the folder of its records.
func fakeEngine(t *testing.T, p project) (notes string, variables []string) {
	t.Helper()
	notes = t.TempDir()
	cli := filepath.Join(notes, "engine")
	if err := os.WriteFile(cli, []byte(engine), 0o755); err != nil {
		t.Fatal(err)
	}
	return notes, []string{
		"NOTES=" + notes, "SPARTA_CONTAINER_CLI=" + cli, "SPARTA_IMAGE=golang:test", "SPARTA_BUILDER=docker",
	}
}

func note(t *testing.T, notes, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(notes, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestABuildLogsNoSecrets(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	notes, variables := fakeEngine(t, p)
	const secret = "hunter2-not-for-logs"
	variables = append(variables, "SPARTA_SECRET="+secret, "SPARTA_LOG_LEVEL=debug", "SPARTA_LDFLAGS=-X main.version=1")

	good := p.build(t, variables...)
	p.write(t, "wrong.go", "package main\n\nvar _ int = \"\"\n")
	bad := p.mage(t, variables, "cgo:build")
	if bad.code == 0 {
		t.Error("an application with a type error builds")
	}
	if environment := note(t, notes, "environment"); !strings.Contains(environment, "SPARTA_SECRET="+secret+"\n") {
		t.Error("the engine could not hand SPARTA_SECRET on")
	}
	arguments := note(t, notes, "arguments")
	if !strings.Contains(arguments, "-e\nSPARTA_SECRET\n") {
		t.Errorf("SPARTA_SECRET was not handed on by its name: %s", arguments)
	}
	if !strings.Contains(good.stderr, "-e SPARTA_SECRET ") || !strings.Contains(good.stderr, "Name=plain.so") {
		t.Errorf("the log does not say what was run:\n%s", good.stderr)
	}
	for where, text := range map[string]string{
		"the engine's arguments": arguments, "the log": good.stderr, "the result": good.stdout,
		"the log of a failure": bad.stderr, "the result of a failure": bad.stdout,
	} {
		if strings.Contains(text, secret) {
			t.Errorf("the secret is in %s:\n%s", where, text)
		}
	}
	err := filepath.WalkDir(p.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), secret) {
			t.Errorf("the secret is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheContainerWritesOnlyToTheWorkspace(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	notes, variables := fakeEngine(t, p)
	p.build(t, variables...)
	arguments := strings.Split(note(t, notes, "arguments"), "\n")
	user := ""
	writable := map[string]bool{}
	for i, argument := range arguments {
		switch argument {
		case "--user":
			user = arguments[i+1]
		case "--mount":
			if !strings.HasSuffix(arguments[i+1], ",readonly") {
				writable[arguments[i+1]] = true
			}
		case "-v", "--volume", "--privileged", "--network=host":
			t.Errorf("the container is started with %s", argument)
		}
	}
	if want := fmt.Sprintf("%d:%d", os.Getuid(), os.Getgid()); user != want {
		t.Errorf("the container runs as %q, want %s", user, want)
	}
	for mount := range writable {
		target := mount[strings.LastIndex(mount, "target=")+len("target="):]
		if target != filepath.Join(p.dir, ".sparta") && !strings.HasSuffix(target, "/sparta/go-build") {
			t.Errorf("%s can be written", target)
		}
	}
	if len(writable) == 0 || len(writable) > 2 {
		t.Errorf("what can be written: %v", writable)
	}
	t.Run("in a real container", func(t *testing.T) {
		testrequire.Need(t, "docker")
		p := newProject(t, "plain")
		folders := []string{p.dir, goEnv()["GOMODCACHE"], repository(), filepath.Join(p.dir, ".sparta")}
		// The go command runs it in place of each tool.
		p.write(t, "try.sh", "#!/bin/sh\nfor folder in "+strings.Join(folders, " ")+"; do\n"+
			"touch $folder/written-by-test 2>/dev/null && echo $folder >>"+p.dir+"/.sparta/written\n"+
			"rm -f $folder/written-by-test\ndone\nid -u >"+p.dir+"/.sparta/user\nexec \"$@\"\n")
		if err := os.Chmod(filepath.Join(p.dir, "try.sh"), 0o755); err != nil {
			t.Fatal(err)
		}
		p.build(t, "SPARTA_BUILDER=docker", "GOFLAGS=-toolexec="+filepath.Join(p.dir, "try.sh"))
		for _, line := range strings.Fields(p.read(t, ".sparta/written")) {
			if line != filepath.Join(p.dir, ".sparta") {
				t.Errorf("the container could write to %s", line)
			}
		}
		if user := strings.TrimSpace(p.read(t, ".sparta/user")); user != fmt.Sprint(os.Getuid()) {
			t.Errorf("the container ran as %s, want %d", user, os.Getuid())
		}
	})
}

func TestAFailedBuildLeavesNoTemporaryFiles(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	good := "package main\n"
	for _, c := range []struct {
		name, source string
		variables    []string
		target       string
		works        bool
	}{
		{"a build", good, nil, "cgo:build", true},
		{"an invocation", good, nil, "cgo:invoke", true},
		{"a handler that fails", "package main\n\nfunc init() { panic(\"at once\") }\n", nil, "cgo:invoke", false},
		{"a type error", "package main\n\nvar _ int = \"\"\n", nil, "cgo:build", false},
		{"a linker error", good, []string{"SPARTA_LDFLAGS=-extldflags=-lnothing-of-this-name"}, "cgo:build", false},
		{"a package over the limit", good, []string{"SPARTA_INCLUDE=huge"}, "cgo:build", false},
	} {
		p.write(t, "change.go", c.source)
		if strings.Contains(c.name, "over the limit") {
			huge, err := os.Create(filepath.Join(p.dir, "huge"))
			if err != nil {
				t.Fatal(err)
			}
			if err := huge.Truncate(251 << 20); err != nil { // a sparse file needs no space on the disk
				t.Fatal(err)
			}
			_ = huge.Close()
		}
		before := p.tree(t)
		result := p.mage(t, c.variables, c.target)
		if works := result.code == 0; works != c.works {
			t.Errorf("%s: exit status %d\n%s", c.name, result.code, result.stderr)
		}
		if left, err := os.ReadDir(filepath.Join(filepath.Dir(p.dir), "tmp")); err != nil || len(left) > 0 {
			t.Errorf("%s left temporary files: %v %v", c.name, left, err)
		}
		for _, name := range strings.Split(p.workspace(t), "\n") {
			if strings.Contains(name, "partial") || strings.Contains(name, ".new") ||
				strings.Contains(name, "scratch") {
				t.Errorf("%s left %s", c.name, name)
			}
		}
		_ = os.Remove(filepath.Join(p.dir, "main.go.sparta-cgo")) // the failed build has left it for the user
		if difference := compareTrees(before, p.tree(t)); difference != "" {
			t.Errorf("%s: %s", c.name, difference)
		}
	}
}
