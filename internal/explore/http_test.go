package explore

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// A browser that leaves a page disconnects.
func TestAnInvocationContinuesWithoutItsClient(t *testing.T) {
	e, _ := newTestEngine(t)
	api := sparta.NewHTTPAPI("shop", sparta.NewStage(sparta.DefaultStage))
	api.NewRoute("GET /orders", nil)
	w := &web{engine: e, address: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}}
	if _, _, err := w.update(localservice.Service{Functions: e.service.Functions, API: api}); err != nil {
		t.Fatal(err)
	}
	ctx, disconnect := context.WithCancel(t.Context())
	w.handler.Load().Invoke = func(ctx context.Context, function string, event []byte) ([]byte, error) {
		disconnect()
		return w.invoke(ctx, function, event)
	}
	w.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/orders", nil))
	list := e.history.List()
	if len(list) != 1 || list[0].Request.State != history.Succeeded {
		t.Errorf("the history has %+v, want a request that has succeeded", list)
	}
}

// A failure leads to one line of the log, whoever notices it.
func TestAFailedRequestIsLoggedOnce(t *testing.T) {
	for name, test := range map[string]struct {
		initialization string
		closed         bool
		says           string
	}{
		"the function fails":   {initialization: "exits", says: "f failed: Runtime.ExitError: RequestId: "},
		"there is no function": {closed: true, says: "f: the function is closed"},
	} {
		t.Run(name, func(t *testing.T) {
			e, log := newTestEngine(t)
			e.options.Log.SetLevel(logrus.WarnLevel)
			config := e.functions["f"].config
			config.Env = testfunction.Env(test.initialization)
			if err := e.functions["f"].Replace(t.Context(), config); err != nil {
				t.Fatal(err)
			}
			if test.closed {
				e.functions["f"].Retire()
			}
			api := sparta.NewHTTPAPI("shop", sparta.NewStage(sparta.DefaultStage))
			api.NewRoute("GET /orders/{id}", nil)
			w := &web{engine: e, address: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}}
			if _, _, err := w.update(localservice.Service{Functions: e.service.Functions, API: api}); err != nil {
				t.Fatal(err)
			}
			answer := httptest.NewRecorder()
			w.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/orders/7", nil))
			if answer.Code != http.StatusInternalServerError {
				t.Errorf("the answer is %d", answer.Code)
			}
			request := e.history.List()[0].Request
			if request.Source != "http" || request.Caller != "GET /orders/7" || request.State != history.Failed {
				t.Errorf("the history has %+v", request)
			}
			said := log.String()
			if lines := strings.Count(said, "level="); lines != 1 || !strings.Contains(said, test.says) {
				t.Errorf("the log has %d lines, want one that says %q:\n%s", lines, test.says, said)
			}
		})
	}
}

func TestAnAnswerThatIsNotOneOfHTTPIsLogged(t *testing.T) {
	e, log := newTestEngine(t)
	(&web{engine: e}).failed("f", errors.New("the response has no status"))
	(&web{engine: e}).failed("", errors.New("read the key set"))
	for _, want := range []string{`msg="f: the response has no status"`, `msg="read the key set"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log is %s, want %s", log, want)
		}
	}
}

func TestThePathOfARequestMayBeLong(t *testing.T) {
	long := callerOf(httptest.NewRequest(http.MethodPut, "/"+strings.Repeat("é", 1000), nil))
	if !strings.HasPrefix(long, "PUT /é") || len(long) > 210 || !utf8.ValidString(long) {
		t.Errorf("it is called %q", long)
	}
}

// Whoever listens on a name may open the page and call the service by it.
func TestTheNameToListenOnIsKnown(t *testing.T) {
	e, _ := newTestEngine(t)
	e.options.host = "builder.example.com"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	p := newPage(e, &web{engine: e}, t.TempDir(), listener)
	defer p.close()
	for host, want := range map[string]int{"builder.example.com:80": 200, "other.example.com:80": 403} {
		request := httptest.NewRequest(http.MethodGet, "/2015-03-31/functions", nil)
		request.Host = host
		answer := httptest.NewRecorder()
		p.ServeHTTP(answer, request)
		if answer.Code != want {
			t.Errorf("for %s, the answer is %d %s", host, answer.Code, answer.Body)
		}
	}
}
