package cloudfront_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudfront"
)

// headersOf returns the headers that a function for the type of event can change.
func headersOf(t *testing.T, event cloudfront.EventType) *cloudfront.Headers {
	t.Helper()
	if event == cloudfront.ViewerRequest || event == cloudfront.OriginRequest {
		var e cloudfront.RequestEvent
		decode(t, read(t, string(event)), &e)
		return &e.Request.Headers
	}
	var e cloudfront.ResponseEvent
	decode(t, read(t, string(event)), &e)
	return &e.Response.Headers
}

var eventTypes = []cloudfront.EventType{
	cloudfront.ViewerRequest, cloudfront.OriginRequest, cloudfront.OriginResponse, cloudfront.ViewerResponse,
}

func TestDisallowedHeadersCannotBeChanged(t *testing.T) {
	for _, event := range eventTypes {
		headers := headersOf(t, event)
		for _, name := range []string{
			"Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection",
			"Trailer", "Upgrade", "X-Accel-Buffering", "X-Accel-Charset", "X-Accel-Limit-Rate", "X-Accel-Redirect",
			"X-Amz-Cf-Id", "x-amz-cf-anything", "X-Amzn-Auth", "X-Amzn-Cf-Billing", "X-Amzn-Cf-Id", "X-Amzn-Cf-Xff",
			"X-Amzn-Errortype", "X-Amzn-Fle-Profile", "X-Amzn-Header-Count", "X-Amzn-Header-Order",
			"X-Amzn-Lambda-Integration-Tag", "X-Amzn-RequestId", "X-Cache", "X-Edge-Location", "X-Forwarded-Proto",
			"X-Real-IP",
		} {
			for change, err := range map[string]error{
				"set": headers.Set(name, "x"), "add": headers.Add(name, "x"), "delete": headers.Del(name),
			} {
				if !errors.Is(err, cloudfront.ErrDisallowed) || !strings.Contains(err.Error(), name) {
					t.Errorf("%s %s in %s events: error is %v, want ErrDisallowed", change, name, event, err)
				}
			}
			if headers.Get(name) != "" {
				t.Errorf("%s is set", name)
			}
		}
	}
}

func TestReadOnlyHeadersCannotBeChanged(t *testing.T) {
	lists := map[cloudfront.EventType]string{
		cloudfront.ViewerRequest: "CDN-Loop Content-Length Host Transfer-Encoding Via",
		cloudfront.OriginRequest: "Accept-Encoding CDN-Loop Content-Length If-Modified-Since If-None-Match If-Range " +
			"If-Unmodified-Since Transfer-Encoding Via",
		cloudfront.OriginResponse: "Transfer-Encoding Via",
		cloudfront.ViewerResponse: "Content-Encoding Content-Length Transfer-Encoding Via Warning",
	}
	var all []string
	for _, list := range lists {
		all = append(all, strings.Fields(list)...)
	}
	for _, event := range eventTypes {
		headers := headersOf(t, event)
		for _, name := range all {
			readOnly := slices.Contains(strings.Fields(lists[event]), name)
			before := headers.Values(name)
			for change, do := range map[string]func() error{
				"set":    func() error { return headers.Set(strings.ToLower(name), "x") },
				"add":    func() error { return headers.Add(strings.ToUpper(name), "x") },
				"delete": func() error { return headers.Del(name) },
			} {
				if err := do(); errors.Is(err, cloudfront.ErrReadOnly) != readOnly || !readOnly && err != nil {
					t.Errorf("%s %s in %s events: error is %v, read-only is %v", change, name, event, err, readOnly)
				}
			}
			if after := headers.Values(name); readOnly && !slices.Equal(before, after) {
				t.Errorf("%s in %s events has changed from %q to %q", name, event, before, after)
			}
		}
	}
}

func TestAViewerRequestCannotHaveTheHeaderOfTheViewersCountry(t *testing.T) {
	for _, event := range eventTypes {
		err := headersOf(t, event).Set("CloudFront-Viewer-Country", "DE")
		if want := event == cloudfront.ViewerRequest; errors.Is(err, cloudfront.ErrDisallowed) != want {
			t.Errorf("%s: error is %v", event, err)
		}
	}
}

func TestHeadersAreChanged(t *testing.T) {
	headers := headersOf(t, cloudfront.ViewerResponse)
	if got := headers.Values("SET-COOKIE"); len(got) != 2 || headers.Get("Set-Cookie") != "theme=light" {
		t.Errorf("cookies are %q", got)
	}
	for _, err := range []error{
		headers.Add("set-cookie", "c=3"), headers.Set("Server", "Go"), headers.Set("X-New", "1"),
		headers.Del("Content-Type"), headers.Del("X-Absent"),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	want := []string{"content-length", "server", "set-cookie", "via", "x-new"}
	if got := headers.Names(); !slices.Equal(got, want) {
		t.Errorf("names are %q, want %q", got, want)
	}
	text := string(encode(t, headers))
	for _, part := range []string{
		`{"key":"Set-Cookie","value":"theme=light"}`, `{"key":"set-cookie","value":"c=3"}`,
		`"server":[{"key":"Server","value":"Go"}]`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("headers are %s\nwant %s in them", text, part)
		}
	}
}

func TestInvalidHeadersAreRefused(t *testing.T) {
	var headers cloudfront.Headers
	for name, value := range map[string]string{
		"": "x", "A B": "x", "Ä": "x", "A:": "x", "Location": "/\r\nSet-Cookie: a=b", "X-Zero": "\x00",
		"X-Latin": "\xe9", "A\r\nB": "x",
	} {
		if err := headers.Set(name, value); err == nil {
			t.Errorf("header %q with value %q is accepted", name, value)
		}
	}
	if err := headers.Set("Location", "/a\tb"); err != nil {
		t.Error(err)
	}
	if text, err := json.Marshal(&cloudfront.Headers{}); err != nil || string(text) != "{}" {
		t.Errorf("no headers are %s, %v", text, err)
	}
}

func TestCookies(t *testing.T) {
	var headers cloudfront.Headers
	for _, line := range []string{`a=1; group="b"; empty=`, "token=x=y==; a=2"} {
		if err := headers.Add("Cookie", line); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"a": "1", "group": "b", "empty": "", "token": "x=y=="} {
		if got, found := headers.Cookie(name); got != want || !found {
			t.Errorf("cookie %s is %q, %v; want %q", name, got, found, want)
		}
	}
	if _, found := headers.Cookie("roup"); found {
		t.Error("a part of a cookie's name finds it")
	}
}
