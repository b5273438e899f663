package sparta_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// respond is the handler of one row of a table.
type respond struct {
	contentType string
	status      int // 0: not written
	body        string
}

func (r respond) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if r.contentType != "" {
		w.Header().Set("Content-Type", r.contentType)
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
	}
	io.WriteString(w, r.body)
}

func TestResponse(t *testing.T) {
	tests := map[string]struct {
		handler respond
		want    string
	}{
		"text becomes a JSON string":    {respond{"text/plain", 0, "Hello"}, `"Hello"`},
		"so does text without a type":   {respond{"", 0, "Hello"}, `"Hello"`},
		"JSON without its type is text": {respond{"", 0, `{"a":1}`}, `"{\"a\":1}"`},
		"JSON is unchanged": {
			respond{"application/json", 0, ` {"a" : 1.10}` + "\n"},
			` {"a" : 1.10}` + "\n",
		},
		"JSON with a charset is JSON":             {respond{"application/json; charset=utf-8", 0, `[1]`}, `[1]`},
		"JSON with a broken parameter is JSON":    {respond{"application/json; charset", 0, `[1]`}, `[1]`},
		"the case of JSON's type does not matter": {respond{"Application/JSON", 0, `[1]`}, `[1]`},
		"a +json type is JSON":                    {respond{"application/problem+json", 0, `{}`}, `{}`},
		"a type that starts like JSON is text":    {respond{"application/jsonlines", 0, `{}`}, `"{}"`},
		"no response is an empty string":          {respond{"", 0, ""}, `""`},
		"an empty text is an empty string":        {respond{"text/plain", 204, ""}, `""`},
		"a redirect is a success":                 {respond{"text/plain", 302, "moved"}, `"moved"`},
		"399 is a success":                        {respond{"text/plain", 399, "ok"}, `"ok"`},
		"markup is not escaped":                   {respond{"text/html", 0, "<p>&</p>"}, `"<p>&</p>"`},
		"quotes, NUL and newlines are escaped":    {respond{"text/plain", 0, "\"\x00\n"}, `"\"\u0000\n"`},
		"letters beyond ASCII are kept":           {respond{"text/plain", 0, "Grüße 🙌"}, `"Grüße 🙌"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := sparta.HandleAWSLambda("f", test.handler, "role").
				Handler().
				Invoke(context.Background(), []byte(`{}`))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("response is %s, want %s", got, test.want)
			}
		})
	}
}

func TestResponseFailure(t *testing.T) {
	tests := map[string]struct {
		handler respond
		want    string
	}{
		"a client's error": {
			respond{"text/plain", 404, "no <such> thing"},
			`{"code":404,"status":"Not Found","headers":{"Content-Type":["text/plain"]},"error":"no <such> thing"}`,
		},
		"the lowest status of failures": {
			respond{"", 400, ""},
			`{"code":400,"status":"Bad Request","headers":{},"error":""}`,
		},
		"a server's error with a JSON body": {
			respond{"application/json", 503, `{"retry":true}`},
			`{"code":503,"status":"Service Unavailable","headers":{"Content-Type":["application/json"]},` +
				`"error":"{\"retry\":true}"}`,
		},
		"a failure with a binary body": {
			respond{"", 500, "\xff\xfe"},
			`{"code":500,"status":"Internal Server Error","headers":{},` +
				`"error":"response of 2 bytes is not UTF-8 text: encode binary data as base64"}`,
		},
		"binary data": {
			respond{"image/png", 0, "\x89PNG"},
			`response of 4 bytes is not UTF-8 text: encode binary data as base64`,
		},
		"binary data in JSON": {
			respond{"application/json", 0, "\"\xff\""},
			`response of 3 bytes is not UTF-8 text: encode binary data as base64`,
		},
		"invalid JSON": {
			respond{"application/json", 0, `{"a":`},
			`response has Content-Type application/json but is not valid JSON: unexpected end of JSON input`,
		},
		"two JSON documents": {
			respond{"application/json", 0, `{} {}`},
			`response has Content-Type application/json but is not valid JSON: ` +
				`invalid character '{' after top-level value`,
		},
		"empty JSON": {
			respond{"application/json", 0, ``},
			`response has Content-Type application/json but is empty: write a JSON document, for example null`,
		},
		"an impossible status": {
			respond{"", 42, ``},
			`handler wrote the status 42, which is invalid: use 200 to 599`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := sparta.HandleAWSLambda("f", test.handler, "role").
				Handler().
				Invoke(context.Background(), []byte(`{}`))
			if err == nil {
				t.Fatalf("response is %s, want an error", got)
			}
			if err.Error() != test.want {
				t.Errorf("error is %s\n     want %s", err, test.want)
			}
		})
	}
}

func TestHTTPErrorIsAType(t *testing.T) {
	_, err := sparta.HandleAWSLambda("f", http.NotFoundHandler(), "role").Handler().Invoke(context.Background(), nil)
	var failure *sparta.HTTPError
	if !errors.As(err, &failure) || failure.Code != 404 || !strings.HasPrefix(failure.Message, "404 page") {
		t.Errorf("error is %#v, want an HTTPError of 404", err)
	}
}

func TestAnInformationalStatusIsNotFinal(t *testing.T) {
	early := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusConflict)
	}
	_, err := sparta.HandleAWSLambda("f", early, "role").Handler().Invoke(context.Background(), nil)
	var failure *sparta.HTTPError
	if !errors.As(err, &failure) || failure.Code != http.StatusConflict {
		t.Errorf("error is %v, want the status that came second", err)
	}
}

func TestHeadersAreThoseAtTheTimeOfTheStatus(t *testing.T) {
	late := func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		w.WriteHeader(500)
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte("text"))
	}
	got, err := sparta.HandleAWSLambda("f", late, "role").Handler().Invoke(context.Background(), nil)
	if err != nil || string(got) != `"text"` {
		t.Errorf("response is %s (error: %v), want the text: a header after the first write is too late", got, err)
	}
}
