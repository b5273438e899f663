package cloudfront_test

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudfront"
)

func TestWhatCloudFrontWouldRefuseIsAnError(t *testing.T) {
	type change func(*cloudfront.RequestEvent) cloudfront.RequestResult
	request := func(change func(*cloudfront.Request)) change {
		return func(e *cloudfront.RequestEvent) cloudfront.RequestResult {
			change(e.Request)
			return e.Request
		}
	}
	response := func(status int, change func(*cloudfront.Response)) change {
		return func(e *cloudfront.RequestEvent) cloudfront.RequestResult {
			r := e.NewResponse(status)
			change(r)
			return r
		}
	}
	text := func(size int) func(*cloudfront.Response) {
		return func(r *cloudfront.Response) { r.SetText(strings.Repeat("x", size)) }
	}
	binary := func(size int) []byte { return []byte(strings.Repeat("\xff", size)) }
	const viewer, origin = 40 << 10, 1 << 20
	for name, test := range map[string]struct {
		event  string
		change change
		want   string // empty means that there is no error
	}{
		"a request as it is": {"viewer-request", request(func(*cloudfront.Request) {}), ""},
		"another method": {
			"viewer-request", request(func(r *cloudfront.Request) { r.Method = "PUT" }),
			"Method of the request is read-only",
		},
		"another client": {
			"origin-request", request(func(r *cloudfront.Request) { r.ClientIP = "::1" }), "ClientIP of the request is",
		},
		"a relative URI": {
			"viewer-request", request(func(r *cloudfront.Request) { r.URI = "a" }), "does not begin with a slash",
		},
		"a query string with a space": {
			"viewer-request", request(func(r *cloudfront.Request) { r.QueryString = "a b" }), "percent-encode it",
		},
		"a query string with a fragment": {
			"viewer-request", request(func(r *cloudfront.Request) { r.QueryString = "a#b" }), "percent-encode it",
		},
		"a URI with a line break": {
			"viewer-request", request(func(r *cloudfront.Request) { r.URI = "/a\r\nX: y" }), "has a control character",
		},
		"a URI that is not UTF-8": {
			"viewer-request", request(func(r *cloudfront.Request) { r.URI = "/\xff" }),
			"is not UTF-8: percent-encode it",
		},
		"a query string that is not UTF-8": {
			"viewer-request", request(func(r *cloudfront.Request) { r.QueryString = "a=\xff" }),
			"is not UTF-8: percent-encode it",
		},
		"an origin of a viewer request": {
			"viewer-request", request(func(r *cloudfront.Request) {
				r.Origin = &cloudfront.Origin{S3: &cloudfront.S3Origin{DomainName: "b.s3.amazonaws.com"}}
			}),
			"an Origin has no effect in viewer-request events: associate the function with origin-request",
		},
		"other headers of a request": {
			"viewer-request", request(func(r *cloudfront.Request) { r.Headers = cloudfront.Headers{} }),
			"have been replaced: change them with Set, Add and Del",
		},
		"a cookie of 10 KB": {
			"viewer-request", request(func(r *cloudfront.Request) {
				_ = r.Headers.Set("Cookie", "a="+strings.Repeat("x", 10_000))
			}), "",
		},
		"the longest URI": {
			"viewer-request", request(func(r *cloudfront.Request) {
				r.URI, r.QueryString = "/"+strings.Repeat("é", 8000), strings.Repeat("x", 190)
			}), "",
		},
		"a longer URI": {
			"viewer-request", request(func(r *cloudfront.Request) {
				r.URI, r.QueryString = "/"+strings.Repeat("é", 8000), strings.Repeat("x", 191)
			}), "have 8192 characters: CloudFront allows 8191",
		},
		"the largest body of an origin request": {
			"origin-request-s3", request(func(r *cloudfront.Request) { r.Body.Replace(make([]byte, origin)) }), "",
		},
		"a larger body of an origin request": {
			"origin-request-s3", request(func(r *cloudfront.Request) { r.Body.Replace(make([]byte, origin+1)) }),
			"body of 1048577 bytes is too large",
		},
		"a larger binary body of an origin request": {
			"origin-request-s3", request(func(r *cloudfront.Request) { r.Body.Replace(binary(origin)) }),
			"in base64 is too large: CloudFront allows 1394606",
		},
		"another body that CloudFront would ignore": {
			"origin-request-s3", request(func(r *cloudfront.Request) { r.Body.Data = "eA==" }),
			`has other Data, but the Action "read-only", with which CloudFront ignores it: use Replace`,
		},
		"a body without an action": {
			"origin-request", request(func(r *cloudfront.Request) {
				r.Body = &cloudfront.Body{Encoding: cloudfront.Text, Data: "x"}
			}), `has other Data, but the Action ""`,
		},
		"an unknown action": {
			"origin-request-s3", request(func(r *cloudfront.Request) { r.Body.Action = "change" }),
			`Action "change": use read-only or replace`,
		},
		"a larger body of a viewer request": {
			"viewer-request", request(func(r *cloudfront.Request) {
				r.Body = &cloudfront.Body{}
				r.Body.Replace(make([]byte, viewer+1))
			}), "body of 40961 bytes is too large: CloudFront allows 40960 in viewer-request events",
		},
		"text that is not UTF-8 as the body of an origin request": {
			"origin-request-s3", request(func(r *cloudfront.Request) {
				r.Body.Action, r.Body.Encoding, r.Body.Data = cloudfront.Replace, cloudfront.Text, "\xff"
			}), "not UTF-8: use Replace",
		},
		"a body that is not base64": {
			"origin-request-s3", request(func(r *cloudfront.Request) {
				r.Body.Action, r.Body.Data = cloudfront.Replace, "?"
			}), "not valid base64",
		},
		"a body of an unknown encoding": {
			"origin-request-s3", request(func(r *cloudfront.Request) {
				r.Body.Action, r.Body.Encoding = cloudfront.Replace, "hex"
			}), `body has the encoding "hex"`,
		},
		"two origins": {
			"origin-request", request(func(r *cloudfront.Request) {
				r.Origin.S3 = &cloudfront.S3Origin{DomainName: "x"}
			}),
			"either Custom or S3",
		},
		"an origin without a domain": {
			"origin-request", request(func(r *cloudfront.Request) { r.Origin.Custom.DomainName = "" }), "no DomainName",
		},
		"a header that the origin adds": {
			"origin-request", request(func(r *cloudfront.Request) {
				_ = r.Origin.Custom.CustomHeaders.Set("User-agent", "Go")
			}), "header user-agent is both",
		},
		"a small response":       {"viewer-request", response(302, func(*cloudfront.Response) {}), ""},
		"a status below 200":     {"viewer-request", response(101, func(*cloudfront.Response) {}), "use 200 to 599"},
		"a status above 599":     {"origin-request", response(600, func(*cloudfront.Response) {}), "use 200 to 599"},
		"no status":              {"origin-request", response(0, func(*cloudfront.Response) {}), "use 200 to 599"},
		"no content with a body": {"viewer-request", response(204, text(1)), "status 204 has a body"},
		"a line break in the description": {
			"viewer-request", response(200, func(r *cloudfront.Response) { r.StatusDescription = "OK\r\nX: y" }),
			"has a control character: remove it",
		},
		"text that is not UTF-8": {
			"viewer-request", response(200, func(r *cloudfront.Response) { r.SetText("\xff") }),
			"not UTF-8: use SetBody",
		},
		"own headers": {
			"viewer-request", response(200, func(r *cloudfront.Response) {
				var own cloudfront.Headers
				_ = own.Set("Content-Type", "text/plain")
				r.Headers = own
			}), "",
		},
		"own headers that are read-only": {
			"viewer-request", response(200, func(r *cloudfront.Response) {
				var own cloudfront.Headers
				_ = own.Set("Via", "me")
				r.Headers = own
			}), "header via in viewer-request events: it is read-only",
		},
		"the largest for a viewer": {"viewer-request", response(200, text(viewer)), ""},
		"a larger one for a viewer": {
			"viewer-request", response(200, text(viewer+1)), "CloudFront allows 40960 in viewer-request events",
		},
		"the largest of an origin": {"origin-request", response(200, text(origin)), ""},
		"a larger one of an origin": {
			"origin-request", response(200, text(origin+1)), "CloudFront allows 1048576 in origin-request events",
		},
		"headers that are too large": {
			"viewer-request", response(200, func(r *cloudfront.Response) {
				_ = r.Headers.Set("X-Large", strings.Repeat("x", viewer))
			}), "response of 40971 bytes, with its headers",
		},
		"a binary body that is too large in base64": {
			"viewer-request", response(200, func(r *cloudfront.Response) { r.SetBody(binary(viewer * 4 / 5)) }),
			"too large",
		},
		"a response that is not base64": {
			"viewer-request", response(200, func(r *cloudfront.Response) {
				r.SetText("?")
				r.BodyEncoding = cloudfront.Base64
			}), "not valid base64",
		},
		"a response of an unknown encoding": {
			"viewer-request", response(200, func(r *cloudfront.Response) {
				r.SetText("?")
				r.BodyEncoding = "hex"
			}), `encoding "hex"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var event cloudfront.RequestEvent
			decode(t, read(t, test.event), &event)
			_, err := json.Marshal(test.change(&event))
			if test.want == "" && err == nil {
				return
			}
			if test.want == "" || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestTheStatusOfAViewersResponseIsReadOnly(t *testing.T) {
	for name, valid := range map[string]bool{"origin-response": true, "viewer-response": false} {
		var event cloudfront.ResponseEvent
		decode(t, read(t, name), &event)
		event.Response.Status = 404
		if err := event.Response.Validate(); (err == nil) != valid {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestTheHeadersOfAResponseCannotBeReplaced(t *testing.T) {
	for _, name := range []string{"origin-response", "viewer-response"} {
		var event cloudfront.ResponseEvent
		decode(t, read(t, name), &event)
		event.Response.Headers = cloudfront.Headers{}
		err := event.Response.Validate()
		if err == nil || !strings.Contains(err.Error(), "change them with Set, Add and Del") {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

// What the viewer has sent is not the function's fault: CloudFront has accepted it.
func TestAQueryStringThatDoesNotChangeIsNotChecked(t *testing.T) {
	text := strings.Replace(string(read(t, "viewer-request")), `"querystring": ""`, `"querystring": "a b#"`, 1)
	var event cloudfront.ViewerRequestEvent
	decode(t, []byte(text), &event)
	event.Request.URI = "/other"
	if err := event.Request.Validate(); err != nil {
		t.Error(err)
	}
}

// CloudFront keeps its own body unless the response has one, which may be empty.
func TestBodiesOfResponses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*cloudfront.Response)
		want   map[string]any
	}{
		"as it is": {func(*cloudfront.Response) {}, map[string]any{}},
		"removed": {
			func(r *cloudfront.Response) { r.SetText("") }, map[string]any{"body": "", "bodyEncoding": "text"},
		},
		"text": {
			func(r *cloudfront.Response) { r.SetBody([]byte("é<")) },
			map[string]any{"body": "é<", "bodyEncoding": "text"},
		},
		"binary": {
			func(r *cloudfront.Response) { r.SetBody([]byte{0xff}) },
			map[string]any{"body": "/w==", "bodyEncoding": "base64"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var event cloudfront.OriginResponseEvent
			decode(t, read(t, "origin-response"), &event)
			test.change(event.Response)
			got, _ := generic(t, encode(t, event.Response)).(map[string]any)
			for _, key := range []string{"body", "bodyEncoding"} {
				if !reflect.DeepEqual(got[key], test.want[key]) {
					t.Errorf("%s is %v, want %v", key, got[key], test.want[key])
				}
			}
			if got["status"] != "200" {
				t.Errorf("status is %v", got["status"])
			}
		})
	}
}

func TestBodiesOfRequests(t *testing.T) {
	var event cloudfront.OriginRequestEvent
	decode(t, read(t, "origin-request-s3"), &event)
	body := event.Request.Body
	if data, err := body.Bytes(); err != nil || string(data) != "hello=world" {
		t.Errorf("body is %q, %v", data, err)
	}
	binary := []byte{0, 0xff}
	body.Replace(binary)
	want := map[string]any{
		"action": "replace", "encoding": "base64", "data": base64.StdEncoding.EncodeToString(binary),
		"inputTruncated": false,
	}
	request, _ := generic(t, encode(t, event.Request)).(map[string]any)
	if !reflect.DeepEqual(request["body"], want) {
		t.Errorf("body is %v, want %v", request["body"], want)
	}
	if data, err := body.Bytes(); err != nil || string(data) != string(binary) {
		t.Errorf("body is %q, %v", data, err)
	}
	event.Request.Body = nil
	if request, _ := generic(t, encode(t, event.Request)).(map[string]any); request["body"] != nil {
		t.Errorf("body is %v, want none", request["body"])
	}
}

// The origin that a function chooses takes the place of the distribution's.
func TestOriginsAreReplaced(t *testing.T) {
	var event cloudfront.OriginRequestEvent
	decode(t, read(t, "origin-request-s3"), &event)
	event.Request.Origin = &cloudfront.Origin{Custom: &cloudfront.CustomOrigin{
		DomainName: "b.example.com", Port: 443, Protocol: "https", SSLProtocols: []string{"TLSv1.2"},
		ReadTimeout: 30, KeepaliveTimeout: 5,
	}}
	want := map[string]any{"custom": map[string]any{
		"domainName": "b.example.com", "port": 443.0, "protocol": "https", "sslProtocols": []any{"TLSv1.2"},
		"readTimeout": 30.0, "keepaliveTimeout": 5.0, "path": "", "customHeaders": map[string]any{},
	}}
	request, _ := generic(t, encode(t, event.Request)).(map[string]any)
	if !reflect.DeepEqual(request["origin"], want) {
		t.Errorf("origin is %v, want %v", request["origin"], want)
	}
	event.Request.Origin = &cloudfront.Origin{S3: &cloudfront.S3Origin{DomainName: "b.s3.amazonaws.com"}}
	want = map[string]any{"s3": map[string]any{
		"domainName": "b.s3.amazonaws.com", "authMethod": "none", "region": "", "path": "",
		"customHeaders": map[string]any{},
	}}
	request, _ = generic(t, encode(t, event.Request)).(map[string]any)
	if !reflect.DeepEqual(request["origin"], want) {
		t.Errorf("origin is %v, want %v", request["origin"], want)
	}
}

func TestOriginsThatCloudFrontWouldRefuseAreErrors(t *testing.T) {
	custom := func(change func(*cloudfront.CustomOrigin)) *cloudfront.Origin {
		origin := &cloudfront.CustomOrigin{
			DomainName: "example.com", Port: 443, Protocol: "https", SSLProtocols: []string{"TLSv1.2"},
			ReadTimeout: 1, KeepaliveTimeout: 1, Path: "/a/b",
		}
		change(origin)
		return &cloudfront.Origin{Custom: origin}
	}
	s3 := func(origin cloudfront.S3Origin) *cloudfront.Origin {
		origin.DomainName = "b.s3.amazonaws.com"
		return &cloudfront.Origin{S3: &origin}
	}
	for name, test := range map[string]struct {
		origin *cloudfront.Origin
		want   string // empty means that there is no error
	}{
		"a server":      {custom(func(*cloudfront.CustomOrigin) {}), ""},
		"a URL":         {custom(func(o *cloudfront.CustomOrigin) { o.DomainName = "a:1" }), "without a protocol"},
		"an IP address": {custom(func(o *cloudfront.CustomOrigin) { o.DomainName = "192.0.2.1" }), "an IP address"},
		"a long name": {
			custom(func(o *cloudfront.CustomOrigin) { o.DomainName = strings.Repeat("x", 254) }),
			"254 characters: CloudFront allows 253",
		},
		"a long path": {
			custom(func(o *cloudfront.CustomOrigin) { o.Path = "/" + strings.Repeat("x", 255) }),
			"256 characters: CloudFront allows 255",
		},
		"a relative path": {custom(func(o *cloudfront.CustomOrigin) { o.Path = "a" }), "begin it with a slash"},
		"a folder":        {custom(func(o *cloudfront.CustomOrigin) { o.Path = "/a/" }), "end it without one"},
		"no port":         {custom(func(o *cloudfront.CustomOrigin) { o.Port = 0 }), "Port 0: use 80"},
		"a low port":      {custom(func(o *cloudfront.CustomOrigin) { o.Port = 1023 }), "Port 1023: use 80"},
		"a high port":     {custom(func(o *cloudfront.CustomOrigin) { o.Port = 65535 }), ""},
		"no protocol":     {custom(func(o *cloudfront.CustomOrigin) { o.Protocol = "" }), `Protocol "": use http`},
		"no TLS":          {custom(func(o *cloudfront.CustomOrigin) { o.SSLProtocols = nil }), "no SSLProtocols"},
		"no TLS for http": {
			custom(func(o *cloudfront.CustomOrigin) { o.Protocol, o.SSLProtocols = "http", nil }), "",
		},
		"no timeout": {
			custom(func(o *cloudfront.CustomOrigin) { o.ReadTimeout = 0 }), "ReadTimeout of 0",
		},
		"a bucket":                   {s3(cloudfront.S3Origin{}), ""},
		"another kind of access":     {s3(cloudfront.S3Origin{AuthMethod: "oac"}), `AuthMethod "oac"`},
		"an identity without region": {s3(cloudfront.S3Origin{AuthMethod: "origin-access-identity"}), "no Region"},
	} {
		t.Run(name, func(t *testing.T) {
			var event cloudfront.OriginRequestEvent
			decode(t, read(t, "origin-request"), &event)
			event.Request.Origin = test.origin
			err := event.Request.Validate()
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}
