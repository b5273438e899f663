package product

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/otiai10/copy"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// The tests of this file check what the original Sparta got wrong.

func TestHooksAreKept(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "hooks")
	cmd := p.command(nil)
	run := exec.Command("go", "run", ".", "describe", "--json")
	run.Dir, run.Env = cmd.Dir, cmd.Env
	out, err := run.CombinedOutput()
	if err != nil || !regexp.MustCompile(`"hooks": \[\s*"PreBuild",\s*"Rollback"\s*\]`).Match(out) {
		t.Errorf("the service's description (%v) has no PreBuild and Rollback hooks:\n%s", err, out)
	}
	// The library ignores them.
	if got := p.mage(t, nil, "cgo:invoke"); got.stdout != "\"served\"\n" {
		t.Errorf("got %+v", got)
	}
}

func TestABuildDoesNotChangeTheSources(t *testing.T) {
	needHost(t)
	p := newProject(t, "plain")
	before := p.tree(t)
	ended := make(chan outcome)
	go func() {
		out, err := p.command(nil, "cgo:build").CombinedOutput()
		ended <- outcome{stderr: string(out), code: exitCode(err)}
	}()
	for looks := 0; ; looks++ {
		select {
		case result := <-ended:
			if result.code != 0 || looks < 10 {
				t.Errorf("exit status %d after %d looks\n%s", result.code, looks, result.stderr)
			}
			return
		case <-time.After(2 * time.Millisecond):
			if difference := compareTrees(before, p.tree(t)); difference != "" {
				t.Fatalf("during the build the application was another:\n%s", difference)
			}
		}
	}
}

func TestMainRunsAfterInitializers(t *testing.T) {
	p := boundary(t)
	process := run(t, p.stage(), lambdaruntime.Options{Handler: "index.Initialized"})
	response := process.invoke(t, lambdaruntime.Request{Payload: []byte("{}")})
	sameJSON(t, response.Payload, fmt.Sprintf(`{
		"atMain": ["main.go", "zzz.go"],
		"args": [%q],
		"flags": {"name": "default"},
		"rest": []
	}`, filepath.Join(p.stage(), "boundary")))
}

func TestPythonFilesAreStaticAndHaveTheSyntaxOf36(t *testing.T) {
	cmd := exec.Command("python3", "-c", `
import ast, pathlib, sys
for path in sorted(pathlib.Path(".").rglob("*.py")):
    ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 6))
    print(path)
`)
	cmd.Dir = boundary(t).stage()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := strings.Fields(string(out))
	if !slices.Contains(got, "index.py") || !slices.Contains(got, "_sparta/bootstrap.py") {
		t.Errorf("the package has %q", got)
	}
	for _, name := range []string{"index.py", "_sparta/bootstrap.py"} {
		own, err := os.ReadFile(filepath.Join(repository(), "spartamage", "python", name))
		if err != nil {
			t.Fatal(err)
		}
		staged, err := os.ReadFile(filepath.Join(boundary(t).stage(), name))
		if err != nil || !bytes.Equal(own, staged) {
			t.Errorf("%s is not the static file that it should be", name)
		}
	}
}

func TestErrorsKeepTypeAndMessage(t *testing.T) {
	stage := boundary(t).stage()
	for _, mode := range modes(t) {
		mode.Handler = "index.Fails"
		got := run(t, stage, mode).failure(t, "{}")
		if want := "code 7: <é> \x00 \ufffd"; got.ErrorType != "customError" || got.ErrorMessage != want {
			t.Errorf("got %+v, want customError: %q", got, want)
		}
	}
}

func TestResponsesAreNotTruncated(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "index.Respond"})
	short := append([]byte("abc\x00"), bytes.Repeat([]byte("d"), 996)...)
	long := bytes.Repeat(append(bytes.Repeat([]byte("x"), 1<<20-1), 0), 6)
	for _, want := range [][]byte{short, long[:6<<20-1], long, append(long, "the end"...)} {
		response := process.invoke(t, lambdaruntime.Request{Payload: recipe(want)})
		if response.Failed || !bytes.Equal(response.Payload, want) {
			t.Errorf("got %d bytes of %d", len(response.Payload), len(want))
		}
	}
}

// The C header that cgo writes for the Go side and the signatures that Python uses agree.
func TestPythonAndGoAgreeOnTheTypesOfTheBoundary(t *testing.T) {
	stage := boundary(t).stage()
	header := filepath.Join(t.TempDir(), "bridge.h")
	cmd := exec.Command("go", "tool", "cgo", "-objdir", t.TempDir(), "-exportheader", header, "export.go")
	cmd.Dir = filepath.Join(repository(), "cgo", "bridge")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	content, err := os.ReadFile(header)
	if err != nil {
		t.Fatal(err)
	}
	// Kinds and widths in bytes: a C int has four and a Go int eight.
	ctypes := map[string]string{
		"int32_t": "i 4", "uint64_t": "Q 8", "char*": "z 8", "void": "void",
		"sparta_reply*": "P 8", "sparta_credentials": "P 8",
	}
	want := map[string][]string{}
	declarations := regexp.MustCompile(`(?m)^extern (\S+) (Sparta\w+)\((.*)\);$`)
	for _, match := range declarations.FindAllStringSubmatch(string(content), -1) {
		var types []string
		for _, parameter := range strings.Split(match[3], ", ") {
			words := strings.Fields(parameter)
			types = append(types, ctypes[words[0]])
		}
		want[match[2]] = append(types, ctypes[match[1]])
	}
	if len(want) != 6 {
		t.Fatalf("the header has %d functions of Sparta's:\n%s", len(want), content)
	}
	got := map[string][]string{}
	const names = `{"SpartaStart": "start", "SpartaInvoke": "invoke", "SpartaInvokeApart": "invoke",
		"SpartaFree": "free", "SpartaBeforeSnapshot": "before_snapshot", "SpartaAfterRestore": "after_restore"}`
	run(t, stage, lambdaruntime.Options{Handler: "beside.signatures"}).answer(t, names, &got)
	for name := range want {
		if !slices.Equal(got[name], want[name]) {
			t.Errorf("%s: Python has %q, C has %q", name, got[name], want[name])
		}
	}
}

func TestCredentialsFollowTheEnvironment(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "beside.setenv", Env: []string{
		"AWS_ACCESS_KEY_ID=FIRST", "AWS_SECRET_ACCESS_KEY=s", "AWS_SESSION_TOKEN=",
	}})
	for _, change := range []struct{ env, id, token string }{
		{`{}`, "FIRST", ""}, // without a token, at which the original ended
		{`{"AWS_ACCESS_KEY_ID":"SECOND","AWS_SESSION_TOKEN":"t"}`, "SECOND", "t"},
		{`{"AWS_ACCESS_KEY_ID":"THIRD","AWS_SESSION_TOKEN":null}`, "THIRD", ""},
	} {
		var got keys
		process.answer(t, `{"function":"Twice","env":`+change.env+`}`, &got)
		if got.ID != change.id || got.Token != change.token {
			t.Errorf("after %s: got %+v", change.env, got)
		}
	}
}

func TestBotocoreIsNotImportedAtStart(t *testing.T) {
	path := pythonPath(t, map[string]string{
		"boto3.py":                "",
		"botocore/__init__.py":    "",
		"botocore/session.py":     "",
		"botocore/credentials.py": "",
	})
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "beside.modules", Env: []string{path}})
	var got []string
	process.answer(t, `["boto3", "botocore", "_sparta", "json"]`, &got)
	if slices.ContainsFunc(got, func(name string) bool { return strings.HasPrefix(name, "boto") }) {
		t.Errorf("after the start %q are imported, want nothing of botocore", got)
	}
	for _, want := range []string{"_sparta", "_sparta.bootstrap"} {
		if !slices.Contains(got, want) {
			t.Errorf("after the start %q are imported, want %s among them", got, want)
		}
	}
}

func TestErrorsOfLoadingTheLibraryAreReported(t *testing.T) {
	stage := filepath.Join(t.TempDir(), "stage")
	if err := copy.Copy(boundary(t).stage(), stage); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(stage, "bin", "boundary.so")
	for name, c := range map[string]struct{ content, want string }{
		"no library": {
			"this is text, and long enough for a header of ELF's: ........................",
			library + ": invalid ELF header",
		},
		"empty": {"", library + ": file too short"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(library, []byte(c.content), 0o755); err != nil {
				t.Fatal(err)
			}
			got := run(t, stage, lambdaruntime.Options{Handler: "index.Echo"}).failure(t, "{}")
			if want := "load the Go library: " + c.want; got.ErrorType != "OSError" || got.ErrorMessage != want {
				t.Errorf("got %+v, want %s", got, want)
			}
		})
	}
}

func TestTheContextHasWhatLambdaSends(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "index.About"})
	deadline := time.Now().Add(25 * time.Second)
	response := process.invoke(t, lambdaruntime.Request{
		Payload: []byte("{}"), Deadline: deadline, TraceID: "Root=1-a", ClientContext: []byte(`{"custom":{"a":"b"}}`),
		Identity: []byte(`{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}`),
	})
	for _, want := range []string{
		fmt.Sprintf(`"deadline":%d`, deadline.UnixMilli()), `"trace":"Root=1-a"`, `"custom":{"a":"b"}`,
		`"identity":{"CognitoIdentityID":"i","CognitoIdentityPoolID":"p"}`, `"id":"` + response.RequestID + `"`,
	} {
		if !strings.Contains(string(response.Payload), want) {
			t.Errorf("%s is not in %s", want, response.Payload)
		}
	}
}

func TestBuildTagsAreMerged(t *testing.T) {
	needHost(t)
	t.Parallel()
	p := newProject(t, "plain")
	p.write(t, "tagged.go", "//go:build one && two && three && lambdabinary\n\npackage main\n\nfunc init() { version "+
		"= \"tagged\" }\n")
	got := p.mage(t, []string{"GOFLAGS=-tags=one", "SPARTA_BUILD_TAGS=two,three"}, "cgo:invoke")
	if want := "[\"0\",\"small\\n\",\"tagged\"]\n"; got.stdout != want {
		t.Errorf("got %+v, want %s", got, want)
	}
}
