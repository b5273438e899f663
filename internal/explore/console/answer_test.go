package console_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/history"
)

type details struct {
	State, Event, Payload, Error string
	Status                       int
	Dropped                      bool
	Failure                      *struct {
		Type, Message string
		Frames        []struct {
			File, Label, Source string
			Line                int
		}
	}
	HTTP *struct {
		Status, Size        int
		Type, Text, Problem string
		Headers             []struct{ Name, Value string }
	}
	Log []struct{ Text string }
}

func (s *served) detailsOf(request history.Request) (string, details) {
	s.Helper()
	id := s.history.Add(history.Entry{Request: &request})
	return id, call[details](s, "GET", "/console/api/requests/"+id, "")
}

func TestAnswersOfHTTP(t *testing.T) {
	s := serve(t, console.Options{})
	for name, test := range map[string]struct {
		payload  string
		status   int // 0 means that it is none
		kind     string
		text     string
		problem  string
		contents string // of the preview
	}{
		"HTML": {
			payload: `{"statusCode":200,"headers":{"content-type":"text/html; charset=utf-8"},"body":"<h1>"}`,
			status:  200, kind: "text/html", text: "<h1>", contents: "<h1>",
		},
		"JSON with several headers": {
			payload: `{"statusCode":404,"multiValueHeaders":{"Content-Type":["application/json"]},"body":"{}"}`,
			status:  404, kind: "application/json", text: "{}", contents: "{}",
		},
		"bytes": {
			payload: `{"statusCode":200,"headers":{"Content-Type":"image/gif"},"body":"R0lGODlh",` +
				`"isBase64Encoded":true}`,
			status: 200, kind: "image/gif", contents: "GIF89a",
		},
		"bad base64": {
			payload: `{"statusCode":200,"headers":{"Content-Type":"image/gif"},"body":"!","isBase64Encoded":true}`,
			status:  200, kind: "image/gif", problem: "not base64",
		},
		"no type": {
			payload: `{"statusCode":200,"body":"hello"}`, status: 200, kind: "text/plain", text: "hello",
			contents: "hello",
		},
		"no body": {payload: `{"statusCode":204}`, status: 204, kind: "text/plain"},
		"a header that is a number": {
			payload: `{"statusCode":200,"headers":{"X-Count":3}}`, status: 200, kind: "text/plain",
		},
		"a status that is text": {payload: `{"statusCode":"teapot"}`},
		"a status out of range": {payload: `{"statusCode":42}`},
		"another document":      {payload: `{"status":200}`},
		"an array":              {payload: `[200]`},
		"what is not JSON":      {payload: `{"statusCode":200`},
		"nothing":               {payload: ``},
	} {
		t.Run(name, func(t *testing.T) {
			id, got := s.detailsOf(history.Request{State: history.Succeeded, Payload: []byte(test.payload)})
			if test.status == 0 {
				if got.HTTP != nil || got.Status != 0 {
					t.Errorf("the answer is %+v", got.HTTP)
				}
				return
			}
			if got.HTTP == nil || got.Status != test.status || got.HTTP.Status != test.status {
				t.Fatalf("the answer is %+v, want one of HTTP", got)
			}
			if got.HTTP.Type != test.kind || got.HTTP.Text != test.text ||
				!strings.Contains(got.HTTP.Problem, test.problem) {
				t.Errorf("the answer is %+v", got.HTTP)
			}
			response, err := http.Get(s.URL + "/console/api/requests/" + id + "/body")
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			policy := response.Header.Get("Content-Security-Policy")
			if string(body) != test.contents || !strings.HasPrefix(policy, "sandbox; default-src 'none'") ||
				strings.Contains(policy, "script") || strings.Contains(policy, "allow") ||
				strings.Contains(policy, "src 'self'") {
				t.Errorf("the preview is %q with the policy %s", body, policy)
			}
		})
	}
}

func TestHeadersOfAnswers(t *testing.T) {
	s := serve(t, console.Options{})
	_, got := s.detailsOf(history.Request{State: history.Succeeded, Payload: []byte(
		`{"statusCode":200,"headers":{"x-b":"2","x-a":true},"multiValueHeaders":{"X-C":["3","4"]},"cookies":["a=1"]}`)})
	var names []string
	for _, header := range got.HTTP.Headers {
		names = append(names, header.Name+"="+header.Value)
	}
	if joined := strings.Join(names, " "); joined != "Set-Cookie=a=1 X-A=true X-B=2 X-C=3 X-C=4" {
		t.Errorf("the headers are %s", joined)
	}
}

func TestThePreviewHasNoHeadersOfTheFunction(t *testing.T) {
	s := serve(t, console.Options{})
	id, _ := s.detailsOf(history.Request{State: history.Succeeded, Payload: []byte(
		`{"statusCode":302,"headers":{"Location":"https://example.com","Set-Cookie":"sparta-console-8377=x",` +
			`"Content-Security-Policy":"script-src *"}}`)})
	response, err := http.Get(s.URL + "/console/api/requests/" + id + "/body")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 || len(response.Cookies()) != 0 || response.Header.Get("Location") != "" ||
		strings.Contains(response.Header.Get("Content-Security-Policy"), "script-src") {
		t.Errorf("the preview has the headers %v", response.Header)
	}
}

func application(t *testing.T) []console.SourceRoot {
	t.Helper()
	parent := t.TempDir()
	for name, content := range map[string]string{
		"app/main.go": "package main", "app/sub/x.py": "pass", "app/.env": "SECRET=1", "app/.git/x.go": "hidden",
		"app/notes.txt": "text", "outside.go": "package outside",
	} {
		path := filepath.Join(parent, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	app := filepath.Join(parent, "app")
	_ = os.Symlink(filepath.Join(parent, "outside.go"), filepath.Join(app, "link.go"))
	return []console.SourceRoot{{Dir: app, Prefix: "example.com/shop"}}
}

func TestOnlySourcesOfTheApplicationAreShown(t *testing.T) {
	roots := application(t)
	app := roots[0].Dir
	for file, want := range map[string]string{
		"example.com/shop/main.go":             "main.go",
		"example.com/shop/sub/x.py":            "sub/x.py",
		"main.go":                              "main.go",
		"./main.go":                            "main.go",
		filepath.Join(app, "main.go"):          "main.go",
		"example.com/shop/../outside.go":       "",
		"example.com/shop/link.go":             "",
		"../outside.go":                        "",
		filepath.Join(app, "..", "outside.go"): "",
		filepath.Join(app, "../app/.env"):      "",
		"example.com/shop/.env":                "",
		"example.com/shop/.git/x.go":           "",
		"example.com/shop/notes.txt":           "",
		"example.com/shopping/main.go":         "",
		"example.com/shop/none.go":             "",
		"example.com/shop/sub":                 "",
		"/etc/passwd":                          "",
		"":                                     "",
	} {
		source, err := console.FindSource(roots, file)
		if source.Name != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", file, source.Name, err, want)
		}
	}
}

func TestFramesOfErrors(t *testing.T) {
	roots := application(t)
	s := serve(t, console.Options{Source: func(file string) (console.Source, error) {
		return console.FindSource(roots, file)
	}})
	for name, test := range map[string]struct{ trace, want string }{
		"Go":                  {`[{"path":"example.com/shop/main.go","line":7,"label":"take"}]`, "main.go:7 take"},
		"Go, of a dependency": {`[{"path":"example.com/other/x.go","line":7,"label":"f"}]`, ":7 f"},
		"Python":              {`["  File \"sub/x.py\", line 3, in handler\n    raise\n"]`, "sub/x.py:3 handler"},
		"another text":        {`["somewhere"]`, ":0 somewhere"},
		"another value":       {`[17]`, ":0 17"},
	} {
		t.Run(name, func(t *testing.T) {
			_, got := s.detailsOf(history.Request{State: history.Failed, Payload: []byte(
				`{"errorType":"E","errorMessage":"m","stackTrace":` + test.trace + `}`)})
			if got.Failure == nil || got.Failure.Type != "E" || len(got.Failure.Frames) != 1 {
				t.Fatalf("the failure is %+v", got.Failure)
			}
			frame := got.Failure.Frames[0]
			if text := frame.Source + ":" + string(rune('0'+frame.Line)) + " " + frame.Label; text != test.want {
				t.Errorf("the frame is %q, want %q", text, test.want)
			}
		})
	}
	type source struct{ Name, Text string }
	got := call[source](s, "GET", "/console/api/source?file=example.com/shop/main.go", "")
	if got.Text != "package main" {
		t.Errorf("the source is %+v", got)
	}
	if status, text := s.send("GET", "/console/api/source?file=/etc/passwd", ""); status != 404 ||
		strings.Contains(text, "root:") {
		t.Errorf("another file answers %d %s", status, text)
	}
}

// A recursion of Python has a thousand frames, a document of 6 MB many more.
func TestAFileOfManyFramesIsReadOnce(t *testing.T) {
	reads := 0
	s := serve(t, console.Options{Source: func(file string) (console.Source, error) {
		reads++
		return console.Source{Name: "named-" + file}, nil
	}})
	trace := strings.Repeat(`{"path":"main.go","line":7,"label":"f"},`, 1000) + `{"path":"other.go"}`
	_, got := s.detailsOf(history.Request{State: history.Failed, Payload: []byte(
		`{"errorType":"E","stackTrace":[` + trace + `]}`)})
	frames := got.Failure.Frames
	if len(frames) != 1001 || frames[999].Source != "named-main.go" || frames[1000].Source != "named-other.go" {
		t.Fatalf("there are %d frames, the last one is %+v", len(frames), frames[len(frames)-1])
	}
	if reads != 2 {
		t.Errorf("the files were read %d times", reads)
	}
}

func TestErrorsThatAreNoDocuments(t *testing.T) {
	s := serve(t, console.Options{})
	_, got := s.detailsOf(history.Request{State: history.Failed, Payload: []byte("exit status 1")})
	if got.Failure == nil || got.Failure.Message != "exit status 1" {
		t.Errorf("the failure is %+v", got.Failure)
	}
	_, got = s.detailsOf(history.Request{State: history.Throttled, Payload: []byte(`{"message":"Rate Exceeded."}`)})
	if got.Failure == nil || got.Failure.Message != "Rate Exceeded." {
		t.Errorf("the failure is %+v", got.Failure)
	}
	_, got = s.detailsOf(history.Request{State: history.Failed, Error: "stopped"})
	if got.Failure != nil || got.Error != "stopped" {
		t.Errorf("the request is %+v", got)
	}
}

func TestTheLogOfARequest(t *testing.T) {
	s := serve(t, console.Options{})
	_, got := s.detailsOf(history.Request{State: history.Succeeded, Log: []history.Line{
		{Text: `{"level":"INFO"}`}, {Text: "<b>"},
	}})
	if len(got.Log) != 2 || got.Log[1].Text != "<b>" {
		t.Errorf("the log is %+v", got.Log)
	}
}

func TestThePictureCannotRunCode(t *testing.T) {
	s := serve(t, console.Options{Picture: func() string { return "<svg></svg>" }})
	response, err := http.Get(s.URL + "/console/api/picture")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	if string(body) != "<svg></svg>" ||
		!strings.HasPrefix(response.Header.Get("Content-Security-Policy"), "sandbox; default-src 'none'") {
		t.Errorf("the picture is %q with %v", body, response.Header)
	}
}
