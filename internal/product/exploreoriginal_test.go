package product

import (
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// originalFolder returns the folder of an unchanged application of the original Sparta.
func originalFolder(t *testing.T, name string) string {
	t.Helper()
	archive, err := os.ReadFile(filepath.Join("testdata", "original.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(filepath.Join(testfiles.Unpack(t, string(archive)), name))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// The files of Archive hooks are those of the code that runs, and an error of a hook is one of the build.
func TestExploreOfAnOriginalApplication(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	dir := originalFolder(t, "queue")
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	functions := e.address("Lambda's API") + "/2015-03-31/functions/"
	invoke := func() string { return e.ask(http.MethodPost, functions+"Price_List/invocations", "{}") }
	if got := invoke(); got != `"OldOrders: tea 3"` {
		t.Fatalf("the first answer is %q", got)
	}
	e.replace("main.go", "tea 3", "tea 4")
	e.await("answer with the file of the changed hook", func() bool {
		got := invoke()
		if got != `"OldOrders: tea 3"` && got != `"OldOrders: tea 4"` {
			t.Fatalf("an answer after the change is %q", got)
		}
		return got == `"OldOrders: tea 4"`
	})
	e.replace("main.go", "\treturn err\n}\n\nfunc main", "\treturn fmt.Errorf(\"no prices today\")\n}\n\nfunc main")
	e.await("error of the hook", func() bool { return strings.Contains(e.output.String(), "no prices today") })
	e.says("The last good build continues to serve")
	if got := invoke(); got != `"OldOrders: tea 4"` {
		t.Errorf("with a hook that fails, the answer is %q", got)
	}
	e.replace("main.go", `fmt.Errorf("no prices today")`, "err")
	e.replace("main.go", "tea 4", "tea 5")
	e.await("answer after the correction", func() bool { return invoke() == `"OldOrders: tea 5"` })
	e.interrupt()
	if left := children(t, dir); len(left) > 0 {
		t.Errorf("it leaves processes: %q", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "[^.]*")); len(left) != 1 {
		t.Errorf("the folder has %q", left)
	}
}

// The REST API, the site and the picture are those of the template.
func TestExploreOfAnOriginalAPI(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	dir := originalFolder(t, "site")
	e := startExplore(t, dir, spartaProgram(t), "explore", "--port=0")
	api := e.address("Greetings")
	if got := e.ask(http.MethodGet, api+"/hello?name=Ann", ""); got != `{"hello":"Ann"}` {
		t.Errorf("the API answers %q", got)
	}
	if got := e.ask(http.MethodGet, api+"/hello", ""); !strings.Contains(got, "name is missing") {
		t.Errorf("without a parameter, the API answers %q", got)
	}
	site := e.address("site")
	if got := e.ask(http.MethodGet, site+"/", ""); got != "<h1>Greetings</h1>\n" {
		t.Errorf("the site has %q", got)
	}
	if got := e.ask(http.MethodGet, site+"/css/site.css", ""); !strings.Contains(got, "green") {
		t.Errorf("the site's style is %q", got)
	}
	manifest := e.ask(http.MethodGet, site+"/MANIFEST.json", "")
	for _, want := range []string{`"title":"Greetings"`, api} {
		if !strings.Contains(strings.ReplaceAll(manifest, " ", ""), want) {
			t.Errorf("the manifest has no %s:\n%s", want, manifest)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar} // which keeps the token
	page, query, _ := strings.Cut(e.address("console"), "?")
	var text []byte
	for _, path := range []string{"?" + query, "console/api/picture"} {
		response, err := browser.Get(page + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err = io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`data-function="Hello" data-request="GET /hello"`, "data-site"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the picture has no %s:\n%s", want, text)
		}
	}
	e.interrupt()
}
