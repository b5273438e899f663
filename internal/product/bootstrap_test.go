package product

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

const bootstrapMod = "module example.com/bootstrap\n\ngo 1.26\n\nrequire github.com/aws/aws-lambda-go v1.55.1\n"

// served is the application of testdata/bootstrap.txtar in the ways in which it can serve.
type served struct {
	bootstrap string            // the program that aws-lambda-go makes of it
	packages  map[string]string // the stage of the library, by how the library serves
}

func newServed(t *testing.T) served {
	t.Helper()
	needHost(t)
	testrequire.Need(t, "modules", "awslambdaric")
	direct := newModule(t, "bootstrap", bootstrapMod)
	program := filepath.Join(t.TempDir(), "bootstrap")
	direct.run(t, nil, "go", "build", "-trimpath", "-buildvcs=false", "-o", program, ".")
	direct.target(t, []string{"SPARTA_INCLUDE=beside.py"}, "cgo:build")

	framework := newModule(t, "bootstrap", bootstrapMod)
	framework.write(t, "main.go", strings.NewReplacer(
		"github.com/aws/aws-lambda-go/lambda", "example.com/frame", "lambda.Start(", "frame.Start(",
	).Replace(framework.read(t, "main.go")))
	framework.write(t, "go.mod", bootstrapMod+
		"\nrequire example.com/frame v0.0.0\n\nreplace example.com/frame => ../frame\n")
	framework.run(t, nil, "go", "mod", "vendor")
	framework.target(t, []string{"SPARTA_INCLUDE=beside.py"}, "cgo:build")
	return served{program, map[string]string{
		"lambda.Start":                 direct.stage(),
		"lambda.Start of a dependency": framework.stage(),
	}}
}

// answers sends events to a new process. Each answer is the response, or type and message of the failure.
func answers(t *testing.T, dir string, options lambdaruntime.Options, requests ...lambdaruntime.Request) (
	got []string, process packageProcess,
) {
	t.Helper()
	process = run(t, dir, options)
	for _, request := range requests {
		response := process.invoke(t, request)
		text := response.ContentType + " " + string(response.Payload)
		if response.Failed {
			var d document
			_ = json.Unmarshal(response.Payload, &struct {
				ErrorType    *string `json:"errorType"`
				ErrorMessage *string `json:"errorMessage"`
			}{&d.ErrorType, &d.ErrorMessage})
			text = "failed " + d.ErrorType + ": " + strings.ReplaceAll(d.ErrorMessage, response.RequestID, "ID")
		}
		got = append(got, text)
	}
	return got, process
}

func requests(events ...string) (list []lambdaruntime.Request) {
	for _, event := range events {
		payload, _ := json.Marshal(event)
		list = append(list, lambdaruntime.Request{Payload: payload})
	}
	return list
}

// A library answers, logs and ends as the application's own bootstrap does. The application counts the invocations of a
// process, which shows whether it has ended.
func TestTheBootstrap(t *testing.T) {
	s := newServed(t)
	t.Run("answers", s.testAnswers)
	t.Run("log of a panic", s.testLog)
	t.Run("panics that Python catches", s.testCaught)
	t.Run("a panic of a worker", s.testWorker)
	t.Run("an end of the goroutine", s.testGoexit)
	t.Run("streamed responses", s.testStreams)
	t.Run("X-Ray", s.testCause)
	t.Run("long errors", s.testLongErrors)
}

func (s served) testAnswers(t *testing.T) {
	for name, list := range map[string][]lambdaruntime.Request{
		"a panic with a lock held":     requests("ok", "panic", "ok", "ok"),
		"a panic of the runtime":       requests("ok", "nil", "ok"),
		"a panic with an error":        requests("ok", "panic-error", "ok"),
		"a panic with a document":      requests("ok", "panic-document", "ok"),
		"two panics":                   requests("panic", "panic", "ok"),
		"errors":                       requests("ok", "error", "document", "ok"),
		"a document that ends":         requests("ok", "last-document", "ok"),
		"a reader":                     requests("reader"),
		"a reader with a content type": requests("typed"),
		"an identity with only a pool": {{
			Payload: []byte(`"identity"`), Identity: json.RawMessage(`{"cognitoIdentityPoolId":"p"}`),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			want, _ := answers(t, t.TempDir(), lambdaruntime.Options{Command: []string{s.bootstrap}}, list...)
			for way, stage := range s.packages {
				for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
					options := lambdaruntime.Options{Handler: "index.handler", OwnClient: own}
					got, _ := answers(t, stage, options, list...)
					if !slices.Equal(got, want) {
						t.Errorf("%s under %s:\ngot  %q\nwant %q", way, client, got, want)
					}
				}
			}
		})
	}
}

func (s served) testLog(t *testing.T) {
	const message = "resulted in a panic, the process should exit"
	for way, stage := range s.packages {
		for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
			got, process := answers(t, stage, lambdaruntime.Options{Handler: "index.handler", OwnClient: own},
				requests("panic", "error", "ok")...)
			_ = process.Close() // its whole output has been read then
			said := process.said.String()
			if strings.Count(said, "with the lock held") != 1 || strings.Count(said, message) != 1 {
				t.Errorf("%s under %s: a panic is not logged once:\n%s", way, client, said)
			}
			if strings.Count(said, "code 8") != 1 || strings.Count(said, "Traceback") != 1 {
				t.Errorf("%s under %s: an error is not logged once, without a traceback:\n%s", way, client, said)
			}
			if strings.Contains(said, "_sparta/") || strings.Contains(said, "/bridge") ||
				!strings.Contains(said, "example.com/bootstrap/handle/handle.go") {
				t.Errorf("%s under %s: the trace has other frames than the application's:\n%s", way, client, said)
			}
			if len(got) != 3 || got[2] != "application/json 2" {
				t.Errorf("%s under %s: %q", way, client, got)
			}
		}
	}
}

func (s served) testCaught(t *testing.T) {
	for way, stage := range s.packages {
		for handler, want := range map[string][]string{
			"beside.catches": {
				`application/json 1`,
				`application/json "caught Custom: code 7"`,
				`application/json "caught Custom: code 7"`,
				`application/json 4`,
			},
			"beside.raises": {
				`application/json 1`,
				`failed ValueError: after code 7`,
				`failed ValueError: after code 7`,
				`application/json 4`,
			},
			"beside.passes": {
				`application/json 1`, `failed Custom: code 7`, `failed Custom: code 7`, `application/json 1`,
			},
		} {
			got, process := answers(t, stage, lambdaruntime.Options{Handler: handler},
				requests("ok", "panic-error", "panic-error", "ok")...)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: got %q, want %q", way, handler, got, want)
			}
			_ = process.Close()
			warnings := strings.Count(process.said.String(), "and Python code caught the exception")
			if warned := handler != "beside.passes"; warned && warnings != 1 || !warned && warnings != 0 {
				t.Errorf("%s, %s: %d warnings:\n%s", way, handler, warnings, process.said)
			}
		}
	}
}

// With Lambda's managed instances, several processes serve at the same time. A panic ends one of them.
func (s served) testWorker(t *testing.T) {
	for way, stage := range s.packages {
		process := run(t, stage, lambdaruntime.Options{
			Handler: "index.handler",
			Env:     []string{"AWS_LAMBDA_MAX_CONCURRENCY=2"},
		})
		for i, event := range []string{"ok", "panic", "ok", "panic", "ok"} {
			response := process.invoke(t, requests(event)[0])
			cold := i == 0 || i == 4 // both workers have ended
			if response.Failed != (event == "panic") || (response.InitDuration != 0) != cold {
				t.Errorf("%s: event %d, %s: %s, after %v", way, i, event, response.Payload, response.InitDuration)
			}
		}
	}
}

func (s served) testGoexit(t *testing.T) {
	const failed = "failed errorString: handler ended its goroutine (runtime.Goexit) without a result"
	want := []string{"application/json 1", failed, "application/json 2"}
	for way, stage := range s.packages {
		got, _ := answers(t, stage, lambdaruntime.Options{Handler: "index.handler"}, requests("ok", "goexit", "ok")...)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", way, got, want)
		}
	}
}

// Lambda's Python runtime does not stream, so a streamed response becomes the document of a buffered one.
func (s served) testStreams(t *testing.T) {
	const head = `"cookies":["a=1","b=2"],"headers":{"Content-Type":"text/plain"}`
	want := []string{
		`application/json {"body":"grüße\u0000",` + head + `,"isBase64Encoded":false,"statusCode":201}`,
		`application/json {"body":"/wA=",` + head + `,"isBase64Encoded":true,"statusCode":201}`,
	}
	for way, stage := range s.packages {
		got, _ := answers(t, stage, lambdaruntime.Options{Handler: "index.handler"}, requests("stream", "binary")...)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", way, got, want)
		}
	}
}

// An error that is too large for Lambda is cut. It ends the bootstrap's process, but not that of a library.
func (s served) testLongErrors(t *testing.T) {
	for way, stage := range s.packages {
		for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
			got, _ := answers(t, stage, lambdaruntime.Options{Handler: "index.handler", OwnClient: own},
				requests("ok", "huge 9000000", "huge-type 9000000", "ok")...)
			const start = "failed errorString: begin é\x01é"
			cut := strings.HasPrefix(got[1], start) && strings.HasSuffix(got[1], " bytes)")
			if !cut || !strings.HasPrefix(got[2], "failed TTT") || got[3] != "application/json 4" {
				t.Errorf("%s under %s: %.100q", way, client, got)
			}
		}
	}
}

// X-Ray shows Go's types.
func (s served) testCause(t *testing.T) {
	for _, event := range []string{"error", "panic-error", "document"} {
		want := cause(t, t.TempDir(), lambdaruntime.Options{Command: []string{s.bootstrap}}, event)
		for way, stage := range s.packages {
			for client, own := range map[string]bool{"awslambdaric": false, "the embedded client": true} {
				got := cause(t, stage, lambdaruntime.Options{Handler: "index.handler", OwnClient: own}, event)
				if got != want {
					t.Errorf("%s of %s under %s: got %+v, want %+v", event, way, client, got, want)
				}
			}
		}
	}
}

// exception is what X-Ray receives about a failure.
type exception struct {
	kind, message string
	hasFrames     bool
}

// cause returns what the process of a function sends to X-Ray when it handles an event.
func cause(t *testing.T, dir string, options lambdaruntime.Options, event string) exception {
	t.Helper()
	headers := make(chan string, 1)
	var once sync.Once
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			headers <- r.Header.Get("Lambda-Runtime-Function-Xray-Error-Cause")
			w.WriteHeader(http.StatusAccepted)
			return
		}
		first := false
		once.Do(func() { first = true })
		if !first {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", "id")
		w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(time.Minute).UnixMilli(), 10))
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn")
		fmt.Fprintf(w, "%q", event)
	}))
	t.Cleanup(api.Close)
	options.Env = append(options.Env, "AWS_LAMBDA_RUNTIME_API="+api.Listener.Addr().String())
	process := run(t, dir, options)
	defer process.Close()
	var document struct {
		Exceptions []struct {
			Type, Message string
			Stack         []any
		}
	}
	select {
	case header := <-headers:
		if err := json.Unmarshal([]byte(header), &document); err != nil || len(document.Exceptions) != 1 {
			t.Fatalf("%q: %v", header, err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the function reports nothing")
	}
	found := document.Exceptions[0]
	return exception{found.Type, found.Message, len(found.Stack) > 0}
}
