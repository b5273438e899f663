package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"
)

func TestRedirect(t *testing.T) {
	event, err := os.ReadFile("events/example.json")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct{ status, location, uri string }{
		"/old.html": {status: "301", location: "/"},
		"/":         {uri: "/"},
	} {
		event := strings.Replace(string(event), "/old.html", path, 1)
		text, err := lambda.NewHandler(redirect).Invoke(t.Context(), []byte(event))
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			URI, Status string
			Headers     map[string][]struct{ Value string }
		}
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		location := ""
		if values := got.Headers["location"]; len(values) > 0 {
			location = values[0].Value
		}
		if got.Status != want.status || got.URI != want.uri || location != want.location {
			t.Errorf("%s: got %s, want %+v", path, text, want)
		}
	}
}
