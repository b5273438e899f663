package explore

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/explore/testfunction"
	"github.com/go-sparta/sparta/internal/gateway"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/sparta"
)

func TestMain(m *testing.M) {
	testfunction.Main()
	os.Exit(m.Run())
}

// newTestEngine returns an engine with the function f, which runs one invocation at a time, and its log.
func newTestEngine(t *testing.T) (*engine, *testoutput.Output) {
	t.Helper()
	log := &testoutput.Output{}
	logger := logrus.New()
	logger.SetOutput(log)
	flags := commandline.Explore{Env: []string{"AWS_REGION=eu-west-1"}}
	options, err := Options{Log: logger, Output: log, Flags: flags}.parse()
	if err != nil {
		t.Fatal(err)
	}
	config := sandbox.Config{
		Name: "f", Dir: ".", Command: testfunction.Command(), Env: testfunction.Env(""), MemorySize: 1024,
		Timeout: time.Minute, Concurrency: 1,
	}
	started, err := sandbox.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t.Context(), options)
	t.Cleanup(e.close)
	e.functions["f"] = &function{Function: started, config: config, turn: make(chan struct{}, 1)}
	e.service.Functions = []localservice.Function{
		{Description: sparta.FunctionDescription{Name: "f", Alias: "live"}},
	}
	e.listed, e.problem = e.listing(), nil
	e.end(nil)
	return e, log
}

// An event that no client waits for is neither a failure nor a line of the log while the function has no room for it.
// Requests are refused then.
func TestEventsWaitForTheirFunction(t *testing.T) {
	testfunction.CheckLeaks(t)
	e, log := newTestEngine(t)
	serve, end := newAPI(e)
	defer end()
	gate := filepath.Join(t.TempDir(), "gate")
	for range 2 {
		event := strings.NewReader(string(testfunction.Event{Until: gate}.JSON()))
		request := httptest.NewRequest(http.MethodPost, "/2015-03-31/functions/f:live/invocations", event)
		request.Header.Set("X-Amz-Invocation-Type", "Event")
		recorder := httptest.NewRecorder()
		serve.ServeHTTP(recorder, request)
		if recorder.Code != http.StatusAccepted {
			t.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
	await := func(holds func() bool) {
		t.Helper()
		for range 4000 {
			if holds() {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatal("nothing happens")
	}
	states := func() map[history.State]int {
		found := map[history.State]int{}
		for _, entry := range e.history.List() {
			found[entry.Request.State]++
		}
		return found
	}
	await(func() bool { return states()[history.Running] == 2 && e.functions["f"].State().Running == 1 })
	time.Sleep(100 * time.Millisecond) // one of them is refused a few times
	if _, err := (&web{engine: e}).invoke(t.Context(), "f", []byte("{}")); !errors.Is(err, gateway.ErrThrottled) {
		t.Errorf("the error of a request is %v", err)
	}
	if err := os.WriteFile(gate, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	await(func() bool { return states()[history.Running] == 0 })
	want := map[history.State]int{history.Succeeded: 2, history.Throttled: 1}
	if got := states(); !maps.Equal(got, want) {
		t.Errorf("requests by state: %v", got)
	}
	if said := strings.Count(log.String(), sandbox.ErrTooMany.Error()); said != 1 {
		t.Errorf("the log says %d times that there are too many:\n%s", said, log)
	}
}

func TestFunctionsHaveTheRegionOfTheirVariables(t *testing.T) {
	e, _ := newTestEngine(t)
	serve, end := newAPI(e)
	defer end()
	recorder := httptest.NewRecorder()
	serve.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/2015-03-31/functions/f/configuration", nil))
	const arn = `"FunctionArn":"arn:aws:lambda:eu-west-1:123456789012:function:f"`
	if !strings.Contains(recorder.Body.String(), arn) {
		t.Errorf("got %s", recorder.Body)
	}
}

func TestPublishedVersions(t *testing.T) {
	for name, test := range map[string]struct {
		description sparta.FunctionDescription
		versions    []string
		aliases     map[string]string
	}{
		"none":     {},
		"versions": {sparta.FunctionDescription{PublishVersion: true}, []string{"1"}, nil},
		"an alias": {
			sparta.FunctionDescription{PublishVersion: true, Alias: "live"},
			[]string{"1"},
			map[string]string{"live": "1"},
		},
	} {
		versions, aliases := published(test.description)
		if !slices.Equal(versions, test.versions) || !maps.Equal(aliases, test.aliases) {
			t.Errorf("%s: versions %q, aliases %q", name, versions, aliases)
		}
	}
}

func TestRetriesOfEvents(t *testing.T) {
	for name, test := range map[string]struct {
		config *sparta.LambdaEventInvokeConfig
		want   int
	}{
		"no settings":     {nil, 2},
		"another setting": {&sparta.LambdaEventInvokeConfig{MaximumEventAgeInSeconds: 60}, 2},
		"one":             {&sparta.LambdaEventInvokeConfig{MaximumRetryAttempts: 1}, 1},
		"none":            {&sparta.LambdaEventInvokeConfig{MaximumRetryAttempts: sparta.NoRetries}, 0},
	} {
		if got := retries(test.config); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}

func TestReservedConcurrency(t *testing.T) {
	for reserved, want := range map[int64]int{0: 10, 3: 3, 50: 10, sparta.ReserveNothing: 10} {
		if got := concurrency(10, reserved); got != want {
			t.Errorf("%d are reserved: %d run, want %d", reserved, got, want)
		}
	}
}
