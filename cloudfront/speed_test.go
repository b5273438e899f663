package cloudfront_test

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/cloudfront"
)

// A function at an edge location delays the viewer: this is what reading an event and writing its request take.
func BenchmarkRoundTrip(b *testing.B) {
	text := read(b, "origin-request")
	b.ReportAllocs()
	for b.Loop() {
		var event cloudfront.OriginRequestEvent
		if err := json.Unmarshal(text, &event); err != nil {
			b.Fatal(err)
		}
		if err := event.Request.Headers.Set("Host", "example.com"); err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(event.Request); err != nil {
			b.Fatal(err)
		}
	}
}
