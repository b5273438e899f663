package product

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testtoken"
)

const exploredMain = `package main

import (
	"context"
	"net/http"
	"os"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func greet(context.Context) (string, error) { return "first " + os.Getenv("PLACE"), nil }

func page(w http.ResponseWriter, r *http.Request) { w.Write([]byte("page " + r.URL.Path)) }

func main() {
	greeting := sparta.HandleAWSLambda("greet", greet, sparta.IAMRoleDefinition{})
	greeting.Options.Environment = map[string]any{"PLACE": "here"}
	pages := sparta.HandleAWSLambda("pages", sparta.HTTPHandler(http.HandlerFunc(page)), sparta.IAMRoleDefinition{})
	pages.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	api := sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))
	api.NewRoute("GET /items/{id}", pages)
	users := api.NewJWTAuthorizer("users", "https://issuer.example.com", "web")
	api.NewRoute("GET /private", pages).Authorizer = users.Name
	os.Stdout.WriteString("Welcome to the shop") // a program may do so
	_ = cgo.Main("Shop", "", []*sparta.LambdaAWSInfo{greeting, pages}, api, nil)
}
`

// exploredWithSite is that application with a site in the folder public.
func exploredWithSite() string {
	return strings.Replace(exploredMain, "api, nil)", `api, &sparta.S3Site{Dir: "public"})`, 1)
}

// writeSite writes that folder.
func writeSite(t *testing.T, dir string) {
	t.Helper()
	if err := writeFile(filepath.Join(dir, "public", "index.html"), "the site"); err != nil {
		t.Fatal(err)
	}
}

// explorer is a program that runs a service.
type explorer struct {
	*exec.Cmd
	t      *testing.T
	dir    string
	cancel func()
	output *testoutput.Output // stdout and stderr
}

// exploredFolder returns a folder with that application and its site.
func exploredFolder(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := writeModule(dir, "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	writeSite(t, dir)
	if err := writeFile(filepath.Join(dir, "main.go"), exploredWithSite()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// startExplore starts sparta explore, or another command, in a folder.
func startExplore(t *testing.T, dir string, name string, args ...string) *explorer {
	t.Helper()
	e := &explorer{t: t, dir: dir, output: &testoutput.Output{}}
	ctx, cancel := context.WithCancel(context.Background())
	e.Cmd, e.cancel = exec.CommandContext(ctx, name, args...), cancel
	e.Dir, e.Stdout, e.Stderr = dir, e.output, e.output
	e.Env = append(append(os.Environ(), bareEnvironment(t.TempDir())...), "PWD="+dir) // it may be a link
	// A terminal's Ctrl-C reaches all of its processes.
	process.EndAsGroup(e.Cmd)
	e.WaitDelay = 10 * time.Second
	if err := e.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel() // it has ended unless the test has failed
		_ = e.Wait()
		if t.Failed() {
			t.Logf("it has written:\n%s", e.output)
		}
	})
	return e
}

// address waits for the address of a name, and returns it.
func (e *explorer) address(name string) string {
	e.t.Helper()
	e.await("  "+name, func() bool { return strings.Contains(e.output.String(), "  "+name) })
	before, _, _ := strings.Cut(e.output.String(), "  "+name)
	return strings.TrimSuffix(before[strings.LastIndex(before, "http://"):], "/")
}

// await waits until something holds.
func (e *explorer) await(what string, holds func() bool) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.t.Context(), 10*time.Minute) // a first build on a busy machine takes minutes
	defer cancel()
	for !holds() {
		select {
		case <-ctx.Done():
			e.t.Fatalf("there is no %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// says checks that it has written a text.
func (e *explorer) says(text string) {
	e.t.Helper()
	if !strings.Contains(e.output.String(), text) {
		e.t.Errorf("it does not write %q", text)
	}
}

// ask sends a request and returns the body of its answer.
func (e *explorer) ask(method, url, body string) string {
	e.t.Helper()
	request, err := http.NewRequestWithContext(e.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		e.t.Fatal(err)
	}
	if host, rest, ok := strings.Cut(strings.TrimPrefix(url, "http://"), ".localhost:"); ok {
		port, path, _ := strings.Cut(rest, "/")
		request.Host = host + ".localhost:" + port // not every system resolves names below localhost
		request.URL.Host, request.URL.Path = "127.0.0.1:"+port, "/"+path
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func (e *explorer) replace(name, old, by string) {
	e.t.Helper()
	path := filepath.Join(e.dir, name)
	content, err := os.ReadFile(path)
	if err == nil && !bytes.Contains(content, []byte(old)) {
		err = fmt.Errorf("%s has no %q", name, old)
	}
	if err == nil {
		err = os.WriteFile(path, bytes.Replace(content, []byte(old), []byte(by), 1), 0o644)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// interrupt ends the program as Ctrl-C does, and waits for its end.
func (e *explorer) interrupt() {
	e.t.Helper()
	e.cancel()
	if err := e.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		e.t.Errorf("it ends with %v", err)
	}
}

// children lists the processes that run in a folder's workspace.
func children(t *testing.T, dir string) []string {
	t.Helper()
	if runtime.GOOS != "linux" {
		return nil
	}
	links, err := filepath.Glob("/proc/[0-9]*/cwd")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && strings.HasPrefix(target, dir) {
			found = append(found, link+" "+target)
		}
	}
	return found
}

// A service that explore runs has the code that was written last, as long as that compiles.
func TestExplore(t *testing.T) {
	needHost(t)
	t.Parallel()
	dir := exploredFolder(t)
	own, stranger := testtoken.NewIssuer(t), testtoken.NewIssuer(t)
	// This machine's C library may be newer than that runtime's, which does not matter here.
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0", "--python=python3.10", "--jwks="+own.KeySet)
	lambda := e.address("Lambda's API") + "/2015-03-31/functions/greet/invocations"
	// The log has a line for each of these.
	invoke := func() string { return e.ask(http.MethodPost, lambda, "{}") }
	if got := invoke(); got != `"first here"` {
		t.Fatalf("the first answer is %q", got)
	}
	e.says("prepare    the application's own program  (")
	if got := e.ask(http.MethodGet, e.address("shop")+"/items/7", ""); got != "page /items/7" {
		t.Errorf("the API answers %q", got)
	}
	e.expectPrivate(validToken(t, own), http.StatusOK)
	e.expectPrivate(validToken(t, stranger), http.StatusUnauthorized)
	e.expectPrivate("", http.StatusUnauthorized)
	if got := e.ask(http.MethodGet, e.address("pages")+"/x", ""); got != "page /x" {
		t.Errorf("the URL answers %q", got)
	}
	site := e.address("site")
	if got := e.ask(http.MethodGet, site+"/", ""); got != "the site" {
		t.Errorf("the site answers %q", got)
	}
	if got := e.ask(http.MethodGet, site+"/MANIFEST.json", ""); !strings.Contains(got, e.address("shop")) {
		t.Errorf("the site's manifest is %q, without the address of the API", got)
	}

	e.replace("main.go", `"first "`, `"second "`)
	e.await("second answer", func() bool { return invoke() == `"second here"` })

	e.replace("main.go", `"second " +`, `missing +`)
	e.await("problem", func() bool { return strings.Contains(e.output.String(), "undefined: missing") })
	said := e.output.String()
	for _, part := range []string{
		"main.go:12:", `>    12 | func greet(context.Context) (string, error) {`,
		"The last good build continues to serve",
	} {
		if !strings.Contains(said, part) {
			t.Errorf("it does not write %q", part)
		}
	}
	if got := invoke(); got != `"second here"` {
		t.Errorf("with broken code, the answer is %q", got)
	}

	// What the service is, is read again, too.
	e.replace("main.go", `missing +`, `"third " +`)
	e.replace("main.go", `"PLACE": "here"`, `"PLACE": "there"`)
	e.await("third answer", func() bool { return invoke() == `"third there"` })

	// What was built is built again when it is gone.
	if err := os.RemoveAll(filepath.Join(dir, ".sparta")); err != nil {
		t.Fatal(err)
	}
	e.await("another build", func() bool {
		stages, _ := filepath.Glob(filepath.Join(dir, ".sparta", "stage", "*", "index.py"))
		return len(stages) > 0
	})

	e.interrupt()
	if left := children(t, dir); len(left) > 0 {
		t.Errorf("it leaves processes: %q", left)
	}
	if leftovers, _ := filepath.Glob(filepath.Join(dir, "*.sparta-cgo")); len(leftovers) > 0 {
		t.Errorf("it leaves files: %q", leftovers)
	}
}

// expectRoomForSome sends many requests at once, for which there is no room: each is answered or refused clearly.
func (e *explorer) expectRoomForSome(url string, number int) {
	e.t.Helper()
	outcomes := make(chan string, number)
	for range number {
		go func() {
			response, err := http.Post(url, "application/json", strings.NewReader("{}"))
			if err != nil {
				outcomes <- err.Error()
				return
			}
			_ = response.Body.Close()
			outcomes <- response.Status
		}()
	}
	found := map[string]int{}
	for range number {
		found[<-outcomes]++
	}
	if found["200 OK"] == 0 || found["200 OK"]+found["429 Too Many Requests"] != number {
		e.t.Errorf("%d requests at once have these outcomes: %v", number, found)
	}
}

// The target runs the service, too, and reads the settings of a changed magefile. The folder has a name that needs
// quotes, and is reached by a link.
func TestExploreOfAMagefile(t *testing.T) {
	needHost(t)
	t.Parallel()
	above, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir, link := filepath.Join(above, "Größe d'été"), filepath.Join(above, "link")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if err := writeModule(dir, "example.com/plain"); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"main.go": `package main

import (
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() { lambda.Start(func() (string, error) { return os.Getenv("PLACE"), nil }) }
`,
		"magefile.go": `//go:build mage

package main

import (
	"context"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

func Explore(ctx context.Context) error {
	return spartamage.Explore(ctx, spartamage.ExploreOptions{
		Port: "0",
		Service: spartamage.Service{
			Name: "Plain", Options: sparta.LambdaFunctionOptions{Environment: map[string]any{"PLACE": "here"}},
			Site: &sparta.S3Site{Dir: "public"},
		},
	})
}
`,
	} {
		if err := writeFile(filepath.Join(dir, name), content); err != nil {
			t.Fatal(err)
		}
	}
	writeSite(t, dir)
	e := startExplore(t, link, "go", "tool", "mage", "explore")
	lambda := e.address("Lambda's API") + "/2015-03-31/functions/Plain/invocations"
	if got := e.ask(http.MethodPost, lambda, "{}"); got != `"here"` {
		t.Fatalf("the first answer is %q", got)
	}
	e.says("prepare    the program that runs the service  (")
	e.expectRoomForSome(lambda, 1000)
	if got := e.ask(http.MethodGet, e.address("site")+"/", ""); got != "the site" {
		t.Errorf("the site answers %q", got)
	}
	e.replace("magefile.go", `"here"`, `"there"`)
	e.await("answer with another setting", func() bool { return e.ask(http.MethodPost, lambda, "{}") == `"there"` })
	e.replace("magefile.go", `"there"`, `nowhere`)
	e.await("warning", func() bool { return strings.Contains(e.output.String(), "undefined: nowhere") })
	if got := e.ask(http.MethodPost, lambda, "{}"); got != `"there"` {
		t.Errorf("with a broken magefile, the answer is %q", got)
	}
	e.interrupt()
	if left := children(t, dir); len(left) > 0 {
		t.Errorf("it leaves processes: %q", left)
	}
}

// An application's own program runs it with its site. The program is compiled first, because go run ends with status 1
// after Ctrl-C whatever the program's status is.
func TestExploreOfAnApplication(t *testing.T) {
	needHost(t)
	t.Parallel()
	dir := exploredFolder(t)
	program := filepath.Join(t.TempDir(), "shop")
	compile := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	compile.Dir = dir
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// At first, the program itself describes the service. It is older than this change.
	newer := strings.Replace(exploredWithSite(), `"PLACE": "here"`, `"PLACE": "there"`, 1)
	if err := writeFile(filepath.Join(dir, "main.go"), newer); err != nil {
		t.Fatal(err)
	}
	e := startExplore(t, dir, program, "explore", "--port=0", "--noAuthorizers")
	lambda := e.address("Lambda's API") + "/2015-03-31/functions/greet/invocations"
	invoke := func() string { return e.ask(http.MethodPost, lambda, "{}") }
	if got := invoke(); !strings.HasPrefix(got, `"first `) {
		t.Fatalf("the first answer is %q", got)
	}
	e.await("answer with the new setting", func() bool { return invoke() == `"first there"` })
	if got := e.ask(http.MethodGet, e.address("site")+"/", ""); got != "the site" {
		t.Errorf("the site answers %q", got)
	}
	e.expectPrivate("", http.StatusOK)
	e.says("shop (authorizers are bypassed)")
	e.replace("main.go", `"first "`, `"second "`)
	e.await("second answer", func() bool { return invoke() == `"second there"` })
	e.interrupt()
	if left := children(t, dir); len(left) > 0 {
		t.Errorf("it leaves processes: %q", left)
	}
}
