package lambdaruntime

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// exchanges are served by AWS's client and by the embedded one. Both must send the same requests to the Runtime
// API and write the same log.
var exchanges = map[string]struct {
	handler string
	events  []recordedEvent
	env     []string
	snap    bool

	simplejson bool // compared only with simplejson: the standard library has other messages
}{
	"JSON of every kind": {handler: "values.echo", events: payloads(
		`{}`, `[]`, `null`, `true`, `"a"`, `-0`, `1.10`, `1e400`, `123456789012345678901234567890`,
		` {"b":1, "a":[1,2,{"c":null}]} `, `"\u00e4\u4e16\ud83d\ude00<>&\u2028\u007f\u0000"`, `{"a":1,"a":2}`, `"ä世😀"`,
	)},
	"events that are not JSON": {
		handler:    "values.echo",
		events:     payloads(`{`, ``, `nul`, `{"a":}`, "\xff", `{} {}`),
		simplejson: true,
	},
	"an event that is not declared as JSON": {handler: "values.kind", events: []recordedEvent{
		{headers: map[string]string{"Content-Type": "text/plain"}, payload: "hello"},
	}},
	"an array as text": {handler: "values.kind", events: payloads(`"x"`, `1`)},
	"a big event": {
		handler: "values.size",
		events:  payloads(`"` + strings.Repeat("ü", 3<<20) + `"`),
	},
	"a big response": {
		handler: "values.text",
		events:  payloads(`0`, `16384`, `70000`, `6000000`),
	},
	"bytes":                                 {handler: "values.raw", events: payloads(`{}`)},
	"nothing":                               {handler: "values.nothing", events: payloads(`{}`)},
	"decimals":                              {handler: "values.decimals", events: payloads(`{}`)},
	"encoded JSON":                          {handler: "values.ready", events: payloads(`{}`)},
	"encoded JSON at a deeper level":        {handler: "values.ready_inside", events: payloads(`{}`)},
	"characters that are not ASCII":         {handler: "values.unicode", events: payloads(`{}`)},
	"a lone surrogate":                      {handler: "values.surrogate", events: payloads(`{}`)},
	"not a number":                          {handler: "values.infinite", events: payloads(`{}`)},
	"what JSON cannot express":              {handler: "values.unmarshalable", events: payloads(`{}`)},
	"a marshaller of the function":          {handler: "raw.echo", events: payloads(`{"a":1}`, `not JSON`, "\xff\x00")},
	"an exception":                          {handler: "fails.raises", events: payloads(`{}`, `{}`)},
	"an exception without a message":        {handler: "same.raises_nothing", events: payloads(`{}`)},
	"an exception with a lone surrogate":    {handler: "same.raises_surrogate", events: payloads(`{}`)},
	"an exception because of another":       {handler: "same.chained", events: payloads(`{}`)},
	"an exception of a handler in a folder": {handler: "nested/deep.handler", events: payloads(`{}`)},
	"an exception of many lines":            {handler: "same.raises", events: payloads(`{}`)},
	"an exception with a long message": {
		handler: "same.huge_message",
		events:  payloads(`1000`, `300000`, `600000`),
	},
	"a fault":                           {handler: "same.fault", events: payloads(`{}`)},
	"a fault as text":                   {handler: "same.fault_of_fault", events: payloads(`{}`)},
	"a fault without message or frames": {handler: "same.fault_without", events: payloads(`{}`)},
	"a fault without a type":            {handler: "same.fault_of_nothing", events: payloads(`{}`)},
	"an error in JSON": {
		handler: "fails.raises",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_FORMAT=JSON"},
	},
	"SystemExit":                   {handler: "fails.exits", events: payloads(`{}`)},
	"a handler of the wrong shape": {handler: "fails.signature", events: payloads(`{}`)},
	"the log":                      {handler: "same.logs", events: payloads(`{}`)},
	"the log at level debug": {
		handler: "same.logs",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_LEVEL=DEBUG"},
	},
	"the log at a level in lower case": {
		handler: "same.logs",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_LEVEL=info"},
	},
	"the log at level warn": {
		handler: "same.logs",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_LEVEL=WARN"},
	},
	"the log in JSON": {
		handler: "same.logs",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_FORMAT=JSON"},
	},
	"the log in JSON, in lower case": {
		handler: "same.logs",
		events:  payloads(`{}`),
		env:     []string{"AWS_LAMBDA_LOG_FORMAT=json", "AWS_LAMBDA_LOG_LEVEL=TRACE"},
	},
	"a plain context": {handler: "same.context", events: payloads(`{}`)},
	"a context of a mobile client": {handler: "same.context", events: []recordedEvent{
		{payload: `{}`, headers: map[string]string{
			"Lambda-Runtime-Client-Context": `{"client":{"installation_id":"i","app_title":"t","other":1},` +
				`"custom":{"a":"b"},"env":{"c":"d"}}`,
			"Lambda-Runtime-Cognito-Identity": `{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}`,
			"Lambda-Runtime-Trace-Id":         "Root=1-2-3",
			"Lambda-Runtime-Aws-Tenant-Id":    "tenant",
		}},
		{payload: `{}`, headers: map[string]string{
			"Lambda-Runtime-Client-Context": `{"custom":{"ä":"b"}}`, "Lambda-Runtime-Cognito-Identity": `{}`,
		}},
		{payload: `{}`, headers: map[string]string{"Lambda-Runtime-Client-Context": `{}`}},
		{
			payload: `{}`,
			headers: map[string]string{"Lambda-Runtime-Client-Context": `{"client":{},"w3c":{"traceparent":"x"}}`},
		},
	}},
	"contexts that are not JSON": {handler: "same.context", events: []recordedEvent{
		{payload: `{}`, headers: map[string]string{"Lambda-Runtime-Client-Context": `{`}},
		{payload: `{}`, headers: map[string]string{"Lambda-Runtime-Cognito-Identity": `x`}},
		{payload: `{}`, headers: map[string]string{"Lambda-Runtime-Client-Context": `[]`}},
		{payload: `{}`, headers: map[string]string{"Lambda-Runtime-Cognito-Identity": `3`}},
	}},
	"a module that raises":         {handler: "init_raises.handler"},
	"a module that is missing":     {handler: "no_such.handler"},
	"a module that misses another": {handler: "init_missing.handler"},
	"a module that is not Python":  {handler: "init_syntax.handler"},
	"a module with a fault":        {handler: "init_fault.handler"},
	"a module that exits":          {handler: "init_exits.handler"},
	"a module of Python's own":     {handler: "sys.handler"},
	"no such function":             {handler: "values.no_such"},
	"no dot in the handler":        {handler: "values"},
	"an error at start in JSON":    {handler: "init_raises.handler", env: []string{"AWS_LAMBDA_LOG_FORMAT=JSON"}},
	"hooks around a snapshot":      {handler: "snap.handler", snap: true, events: payloads(`{}`)},
	"a hook that fails before it":  {handler: "snap.handler", snap: true, env: []string{"FAIL=before"}},
	"a fault before a snapshot":    {handler: "snap.handler", snap: true, env: []string{"FAIL=before, by a fault"}},
	"an exit after a snapshot":     {handler: "snap.handler", snap: true, env: []string{"FAIL=after, by an exit"}},
	"a hook that fails after it":   {handler: "snap.handler", snap: true, env: []string{"FAIL=after"}},
}

func payloads(texts ...string) []recordedEvent {
	var events []recordedEvent
	for _, text := range texts {
		events = append(events, recordedEvent{payload: text})
	}
	return events
}

// The embedded client replaces AWS's if an interpreter has none, so both must behave the same.
func TestTheEmbeddedClientBehavesLikeAWSs(t *testing.T) {
	testrequire.Need(t, "awslambdaric")
	python, err := interpreter.Find(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if python.Client == "" {
		t.Fatalf("%s has no awslambdaric", python.Path)
	}
	withoutSimplejson := t.TempDir()
	simplejson := filepath.Join(withoutSimplejson, "simplejson.py")
	if err := os.WriteFile(simplejson, []byte("raise ImportError\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, exchange := range exchanges {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Runtimes from 3.12 on respond in UTF-8 and ask for events on a thread.
			for _, runtime := range []string{"3.11", "3.13"} {
				options := Options{
					Dir: filepath.Join("testdata", "functions"), Handler: exchange.handler, Python: python,
					Env:       append([]string{"AWS_EXECUTION_ENV=AWS_Lambda_python" + runtime}, exchange.env...),
					SnapStart: exchange.snap, Workspace: os.Getenv("SPARTA_TEST_WORKSPACE"),
				}
				theirs := converse(t, options, exchange.events...).comparable(t)
				if want := max(1, len(exchange.events)); len(theirs.Requests) < want && theirs.Code == 0 {
					t.Errorf("awslambdaric made %d requests, want at least %d", len(theirs.Requests), want)
				}
				options.OwnClient = true
				ours := converse(t, options, exchange.events...).comparable(t)
				compareConversations(t, "python"+runtime, theirs, ours)
				if exchange.simplejson || runtime == "3.11" { // once is enough, because it starts so many processes
					continue
				}
				options.Env = append(options.Env, "PYTHONPATH="+withoutSimplejson)
				ours = converse(t, options, exchange.events...).comparable(t)
				compareConversations(t, "python"+runtime+" without simplejson", theirs, ours)
			}
		})
	}
}

func compareConversations(t *testing.T, name string, theirs, ours conversation) {
	t.Helper()
	if theirs.Code != ours.Code {
		t.Errorf("%s: the process ended with %d, awslambdaric's with %d", name, ours.Code, theirs.Code)
	}
	if theirs.Log != ours.Log {
		t.Errorf("%s: logged\n%.1500q\nwhere awslambdaric logs\n%.1500q", name, ours.Log, theirs.Log)
	}
	for i := range max(len(theirs.Requests), len(ours.Requests)) {
		var one, other recorded
		if i < len(theirs.Requests) {
			one = theirs.Requests[i]
		}
		if i < len(ours.Requests) {
			other = ours.Requests[i]
		}
		for field := range reflect.TypeFor[recorded]().NumField() {
			want, got := reflect.ValueOf(one).Field(field).String(), reflect.ValueOf(other).Field(field).String()
			if got != want {
				t.Errorf("%s: request %d: %s is\n%.1000q\nwhere awslambdaric's is\n%.1000q",
					name, i, reflect.TypeFor[recorded]().Field(field).Name, got, want)
			}
		}
	}
}

var (
	logged = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{3})?Z`)
	stream = regexp.MustCompile(`[0-9a-f]{32}`)
)

// The remaining differences, and their reasons.
var (
	// AWS's hint about updates of the runtime, before an error at start: there are no updates here.
	updateHint = regexp.MustCompile(`(?m)^.*LAMBDA_WARNING: Unhandled exception\..*\n`)
	// Frames within the client itself: their files and lines differ.
	clientFrame = regexp.MustCompile(`(?m)^  File "[^"]*/awslambdaric/[^"]*", line .*\n(    .*\n)*`)
	// AWS's client does not end a record with an exception by a line break: Lambda's logging knows where a
	// record ends. In the tests such a record is the last one.
	lastBreak = regexp.MustCompile(`\n\z`)
)

// comparable removes what differs between processes, and the remaining differences.
func (c conversation) comparable(t *testing.T) conversation {
	t.Helper()
	c.Log = logged.ReplaceAllString(c.Log, "TIME")
	for _, difference := range []*regexp.Regexp{updateHint, clientFrame, lastBreak} {
		c.Log = difference.ReplaceAllString(c.Log, "")
	}
	for i := range c.Requests {
		r := &c.Requests[i]
		r.Body = stream.ReplaceAllString(r.Body, "STREAM")
		if strings.Contains(r.Body, "/awslambdaric/") {
			r.Body = withoutClientFrames(t, r.Body)
		}
		if r.Cause != "" {
			r.Cause = comparableCause(t, r.Cause)
		}
	}
	return c
}

// withoutClientFrames removes the frames within the client from an error document.
func withoutClientFrames(t *testing.T, body string) string {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(body), &document); err != nil {
		t.Fatalf("error document %.200q: %v", body, err)
	}
	if trace, ok := document["stackTrace"].([]any); ok {
		document["stackTrace"] = slices.DeleteFunc(trace, func(frame any) bool {
			return strings.Contains(frame.(string), "/awslambdaric/")
		})
	}
	return marshal(t, document)
}

// comparableCause removes the frames within the client from X-Ray's document. It sorts the files, which come
// from a Python set in random order.
func comparableCause(t *testing.T, text string) string {
	t.Helper()
	var cause struct {
		Dir        string `json:"working_directory"`
		Exceptions []struct {
			Type, Message string
			Stack         []struct {
				Label, Path string
				Line        int
			}
		}
		Paths []string
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&cause); err != nil {
		t.Fatalf("X-Ray cause %.200q: %v", text, err)
	}
	inClient := func(path string) bool { return strings.Contains(path, "/awslambdaric/") }
	cause.Paths = slices.DeleteFunc(cause.Paths, inClient)
	slices.Sort(cause.Paths)
	for i, exception := range cause.Exceptions {
		kept := exception.Stack[:0]
		for _, frame := range exception.Stack {
			if !inClient(frame.Path) {
				kept = append(kept, frame)
			}
		}
		cause.Exceptions[i].Stack = kept
	}
	return marshal(t, cause)
}

func marshal(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
