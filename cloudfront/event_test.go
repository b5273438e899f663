package cloudfront_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudfront"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func decode(t testing.TB, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func encode(t testing.TB, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func generic(t testing.TB, text []byte) (tree any) {
	t.Helper()
	decode(t, text, &tree)
	return tree
}

// The events are the examples of "Lambda@Edge event structure" in the Amazon CloudFront Developer Guide.
func TestEventsAreWrittenAsTheyAreRead(t *testing.T) {
	for name, event := range map[string]any{
		"viewer-request":    &cloudfront.ViewerRequestEvent{},
		"origin-request":    &cloudfront.OriginRequestEvent{},
		"origin-request-s3": &cloudfront.OriginRequestEvent{},
		"origin-response":   &cloudfront.OriginResponseEvent{},
		"viewer-response":   &cloudfront.ViewerResponseEvent{},
	} {
		t.Run(name, func(t *testing.T) {
			text := read(t, name)
			decode(t, text, event)
			if got := encode(t, event); !reflect.DeepEqual(generic(t, got), generic(t, text)) {
				t.Errorf("event is written as\n%s\nwant\n%s", got, text)
			}
		})
	}
}

func TestUnknownFieldsAreKeptAtEachLevel(t *testing.T) {
	text := string(read(t, "origin-request-s3"))
	for _, place := range []string{
		`{"Records"`, `{"cf"`, `"config": {`, `"request": {`, `"body": {`, `"s3": {`, `"origin": {`,
	} {
		at := strings.Index(text, place) + strings.Index(place, "{") + 1
		text = text[:at] + `"new": {"x": [1, null, "\ud800"]}, ` + text[at:]
	}
	text = strings.Replace(text, `{"key": "Host",`, `{"key": "Host", "new": 1,`, 1)
	var event cloudfront.RequestEvent
	decode(t, []byte(text), &event)
	got := encode(t, event)
	if !reflect.DeepEqual(generic(t, got), generic(t, []byte(text))) {
		t.Errorf("event is written as\n%s\nwant\n%s", got, text)
	}
	if want := `\ud800`; strings.Count(string(got), want) != 7 {
		t.Errorf("unknown values have changed:\n%s", got)
	}
}

// The query string is not UTF-8 text for certain, and Go would replace what is not.
func TestValuesThatDoNotChangeKeepTheirBytes(t *testing.T) {
	query, value := `a=\ud800\u0041&b=%zz&a=+&`, `x\udfff\u00e9`
	text := strings.Replace(string(read(t, "viewer-request")), `"querystring": ""`, `"querystring": "`+query+`"`, 1)
	text = strings.Replace(text, "curl/7.66.0", value, 1)
	var event cloudfront.ViewerRequestEvent
	decode(t, []byte(text), &event)
	event.Request.URI = "/other"
	if err := event.Request.Headers.Set("X-Other", "1"); err != nil {
		t.Fatal(err)
	}
	got := string(encode(t, event.Request))
	for _, want := range []string{
		strings.ReplaceAll(query, "&", `\u0026`), // Go's encoding of the same byte
		value, `"uri":"/other"`, `"x-other":[{"key":"X-Other","value":"1"}]`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("request is %s\nwant %s in it", got, want)
		}
	}
}

func TestEventsOfAnotherTypeAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		file  string
		event any
		want  string
	}{
		"an origin request for a viewer request": {
			"origin-request", &cloudfront.ViewerRequestEvent{}, `associate it with viewer-request`,
		},
		"a viewer request for an origin request": {
			"viewer-request", &cloudfront.OriginRequestEvent{}, `associate it with origin-request`,
		},
		"a viewer response for an origin response": {
			"viewer-response", &cloudfront.OriginResponseEvent{}, `associate it with origin-response`,
		},
		"an origin response for a viewer response": {
			"origin-response", &cloudfront.ViewerResponseEvent{}, `associate it with viewer-response`,
		},
		"a response for a request": {
			"viewer-response", &cloudfront.RequestEvent{}, `"viewer-response" is not a request event`,
		},
		"a request for a response": {
			"viewer-request", &cloudfront.ResponseEvent{}, `"viewer-request" is not a response event`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := json.Unmarshal(read(t, test.file), test.event)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %s", err, test.want)
			}
		})
	}
}

func TestOtherEventsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no records":           `{"hello": "world"}`,
		"a record of S3":       `{"Records": [{"s3": {}}]}`,
		"two records":          `{"Records": [{"cf": {}}, {"cf": {}}]}`,
		"text":                 `"hello"`,
		"a request of no type": `{"Records": [{"cf": {"request": {"uri": "/"}}}]}`,
		"a header that is text": `{"Records": [{"cf": {"config": {"eventType": "viewer-request"},` +
			`"request": {"headers": {"host": "x"}}}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if err := json.Unmarshal([]byte(text), &cloudfront.RequestEvent{}); err == nil {
				t.Error("there is no error")
			}
		})
	}
}

// What has been read stays as it is when the memory of its JSON is used for something else.
func TestEventsDoNotKeepTheMemoryOfTheirText(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		value json.Unmarshaler
	}{
		"event":   {string(read(t, "origin-request")), &cloudfront.OriginRequestEvent{}},
		"config":  {`{"eventType":"viewer-request","requestId":"x"}`, &cloudfront.Config{}},
		"request": {`{"uri":"/a","headers":{"host":[{"key":"Host","value":"b"}]}}`, &cloudfront.Request{}},
		"body":    {`{"data":"text","encoding":"text"}`, &cloudfront.Body{}},
		"headers": {`{"host":[{"key":"Host","value":"b"}]}`, &cloudfront.Headers{}},
		"origin":  {`{"custom":{"domainName":"a.example.com","other":"b","port":443}}`, &cloudfront.Origin{}},
		"custom":  {`{"domainName":"a.example.com","port":443}`, &cloudfront.CustomOrigin{}},
		"bucket":  {`{"domainName":"a.example.com","region":"x"}`, &cloudfront.S3Origin{}},
	} {
		t.Run(name, func(t *testing.T) {
			text := []byte(c.text)
			if err := c.value.UnmarshalJSON(text); err != nil {
				t.Fatal(err)
			}
			for i := range text {
				text[i] = '!'
			}
			got, err := json.Marshal(c.value)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(generic(t, got), generic(t, []byte(c.text))) {
				t.Errorf("got %s, want %s", got, c.text)
			}
		})
	}
}

// Whatever is valid JSON is read without a panic, and what is accepted is written as it was read, except that the names
// of headers are written in lower case. An object with a name twice has no one meaning.
func FuzzEvents(f *testing.F) {
	for _, name := range []string{"viewer-request", "origin-request-s3", "viewer-response"} {
		f.Add(read(f, name))
	}
	const odd = ` {"Records" : [ {"cf": {"config":{"eventType":"viewer-request"},"request":{"uri":null,"a\"":[]}}}]}`
	f.Add([]byte(odd))
	const twice = `{"Records":[{"cf":{"config":{"eventType":"viewer-request"},"config":null,"request":{"uri":"/a"}}}]}`
	f.Add([]byte(twice))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, event := range []json.Unmarshaler{&cloudfront.RequestEvent{}, &cloudfront.ResponseEvent{}} {
			if err := event.UnmarshalJSON(text); err != nil || !json.Valid(text) {
				continue
			}
			got, err := json.Marshal(event)
			if err != nil {
				continue
			}
			want := generic(t, text)
			if members(want) == colons(text) && lowerHeaders(want) && !reflect.DeepEqual(generic(t, got), want) {
				t.Errorf("event is written as\n%s\nwant\n%s", got, text)
			}
		}
	})
}

// colons counts those between the names and values of a text's objects.
func colons(text []byte) (count int) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ':' && !quoted:
			count++
		}
	}
	return count
}

// members counts the members of all objects in a value.
func members(value any) int {
	count := 0
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			count += members(element)
		}
	case map[string]any:
		for _, member := range value {
			count += 1 + members(member)
		}
	}
	return count
}

// lowerHeaders changes the names of an event's headers to lower case. It reports false if two headers of one object
// then have the same name, because only one of them is left.
func lowerHeaders(event any) bool {
	cf := event.(map[string]any)["Records"].([]any)[0].(map[string]any)["cf"].(map[string]any)
	isClear := true
	for _, part := range []string{"request", "response"} {
		isClear = lowerNames(cf, part, "headers") && isClear
	}
	for _, kind := range []string{"custom", "s3"} {
		isClear = lowerNames(cf, "request", "origin", kind, "customHeaders") && isClear
	}
	return isClear
}

// lowerNames changes the names in an object to lower case, if the event has that object.
func lowerNames(parent map[string]any, path ...string) bool {
	object, ok := parent[path[0]].(map[string]any)
	switch {
	case !ok:
		return true
	case len(path) > 1:
		return lowerNames(object, path[1:]...)
	}
	lower := map[string]any{}
	for name, value := range object {
		lower[strings.ToLower(name)] = value
	}
	parent[path[0]] = lower
	return len(lower) == len(object)
}
