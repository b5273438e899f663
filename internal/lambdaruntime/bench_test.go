package lambdaruntime_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// BenchmarkWarm measures a round trip through the Runtime API, for bytes that Python passes on and for JSON
// text that it decodes and encodes.
func BenchmarkWarm(b *testing.B) {
	for _, handler := range []string{"raw.echo", "values.echo"} {
		for _, size := range []int{1 << 10, 100 << 10, 5 << 20} {
			b.Run(fmt.Sprintf("%s/%dKB", handler, size>>10), func(b *testing.B) {
				p := start(b, lambdaruntime.Options{Handler: handler})
				payload := []byte(`"` + strings.Repeat("x", size-2) + `"`)
				request := lambdaruntime.Request{Payload: payload}
				b.SetBytes(int64(size))
				for b.Loop() {
					response, err := p.Invoke(b.Context(), request)
					if err != nil || !bytes.Equal(response.Payload, payload) {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkCold measures the time from the start of the process to its first response.
func BenchmarkCold(b *testing.B) {
	interpreter := python(b)
	for b.Loop() {
		p := start(b, lambdaruntime.Options{Handler: "values.nothing", Python: interpreter})
		if response := invoke(b, p, "{}"); response.Failed {
			b.Fatalf("%s", response.Payload)
		}
		_ = p.Close()
	}
}
