package lambdaruntime_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// TestValues checks how events and responses are converted, with each interpreter.
func TestValues(t *testing.T) {
	const (
		plain = "application/json"
		raw   = "application/unknown"
	)
	for version, python := range pythons(t) {
		escaped := version != "3.12" && version != "3.13" && version != "3.14"
		unicode := `"ü世"`
		if escaped {
			unicode = `"\u00fc\u4e16"`
		}
		for name, c := range map[string]struct{ handler, event, want, contentType string }{
			"an object keeps the order of its keys": {
				"echo", `{"b":1,"a":[true,null,"x"]}`, `{"b": 1, "a": [true, null, "x"]}`, plain,
			},
			"a float is the nearest of Python's": {
				"echo", `0.1234567890123456789`, `0.12345678901234568`, plain,
			},
			"an integer of any size stays exact": {
				"echo", `123456789012345678901234567890`, `123456789012345678901234567890`, plain,
			},
			"not a number is written bare":                  {"infinite", `0`, `NaN`, plain},
			"an event is decoded":                           {"kind", `{}`, `"dict"`, plain},
			"bytes are passed on":                           {"raw", `0`, "\x00\xff raw", raw},
			"None is null":                                  {"nothing", `0`, `null`, plain},
			"text is in UTF-8 from 3.12 on, escaped before": {"unicode", `0`, unicode, plain},
			"Decimals are numbers at any depth": {
				"decimals", `0`, `{"price": 1.10, "list": [7], "quoted": "1.10"}`, plain,
			},
			"encoded JSON is passed on": {
				"ready", `0`, `{"ready" : true, "text":"ü"}` + "\n", plain,
			},
			"encoded JSON keeps its place": {
				"ready_inside", `0`, `{"a": [1.50, "s"], "b": {"c":"d"}}`, plain,
			},
			"a non-ASCII character of an event arrives as one character": {"size", `"世"`, `1`, plain},
			"a NUL of an event arrives as one character":                 {"size", `"\u0000"`, `1`, plain},
		} {
			t.Run(version+"/"+name, func(t *testing.T) {
				t.Parallel()
				p := start(t, lambdaruntime.Options{Handler: "values." + c.handler, Python: python})
				response := invoke(t, p, c.event)
				if response.Failed || string(response.Payload) != c.want || response.ContentType != c.contentType {
					t.Errorf("got %q (%s), want %q (%s)", response.Payload, response.ContentType, c.want, c.contentType)
				}
			})
		}
	}
}

func TestPayloadsOfAllSizesArriveComplete(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "raw.echo"})
	for _, size := range []int{
		0, 1, 1023, 16 << 10, 16<<10 + 1, 32 << 10, 64 << 10, 100_000, 1 << 20, 6_000_000, 6291556,
	} {
		payload := make([]byte, size)
		for i := range payload {
			payload[i] = byte(i * 7)
		}
		got, err := p.Invoke(t.Context(), lambdaruntime.Request{Payload: payload})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Payload, payload) {
			t.Errorf("%d bytes: got %d, failed %v: %.200q", size, len(got.Payload), got.Failed, got.Payload)
		}
	}
}

func TestAResponseOverTheLimitFailsAndEndsTheProcess(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "values.text"})
	before := invoke(t, p, "6291554") // and two quotes
	if before.Failed || len(before.Payload) != 6291556 {
		t.Fatalf("at the limit: %d bytes, %.200q", len(before.Payload), before.Payload)
	}
	d := failed(t, invoke(t, p, "6291555"))
	if d.ErrorType != "Function.ResponseSizeTooLarge" || !strings.Contains(d.ErrorMessage, "(6291556 bytes)") {
		t.Errorf("got %+v", d)
	}
	if after := invoke(t, p, "1"); string(after.Payload) != `"x"` || after.InitDuration == 0 {
		t.Errorf("afterwards: %q, initialized in %v", after.Payload, after.InitDuration)
	}
}

func TestTwoThousandInvocationsUseOneProcess(t *testing.T) {
	p := start(t, lambdaruntime.Options{Handler: "values.pid"})
	first := invoke(t, p, "0")
	if first.InitDuration <= 0 || first.Duration <= 0 {
		t.Errorf("initialized in %v, answered in %v", first.InitDuration, first.Duration)
	}
	ids := map[string]bool{first.RequestID: true}
	for range 2000 {
		response := invoke(t, p, "0")
		if !bytes.Equal(response.Payload, first.Payload) || response.InitDuration != 0 {
			t.Fatalf("got %q after %q, initialized in %v", response.Payload, first.Payload, response.InitDuration)
		}
		ids[response.RequestID] = true
	}
	if len(ids) != 2001 {
		t.Errorf("%d request ids for 2001 invocations", len(ids))
	}
}
