package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

// answer is a request or a response of a function.
type answer struct {
	URI     string
	Status  string
	Headers map[string][]struct{ Value string }
}

func (a answer) header(name string) string {
	var values []string
	for _, one := range a.Headers[name] {
		values = append(values, one.Value)
	}
	return strings.Join(values, ", ")
}

// run invokes a function as CloudFront does.
func run(t *testing.T, handler any, event, uri, cookie string) answer {
	t.Helper()
	headers := ""
	if cookie != "" {
		headers = fmt.Sprintf(`"cookie": [{"key": "Cookie", "value": %q}]`, cookie)
	}
	text := fmt.Sprintf(`{"Records": [{"cf": {
		"config": {"distributionId": "EDFDVBD6EXAMPLE", "eventType": %q},
		"request": {
			"clientIp": "203.0.113.178", "method": "GET", "querystring": "a=1&b=%%20", "uri": %q, "headers": {%s}
		},
		"response": {"status": "200", "headers": {"server": [{"key": "Server", "value": "AmazonS3"}]}}
	}}]}`, event, uri, headers)
	result, err := lambda.NewHandler(handler).Invoke(context.Background(), []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(result, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestChoose(t *testing.T) {
	for cookie, want := range map[string]string{"group=a": "/a/index.html", "x=1; group=b": "/b/index.html"} {
		if got := run(t, choose, "viewer-request", "/", cookie); got.URI != want {
			t.Errorf("with cookie %s, the URI is %s, want %s", cookie, got.URI, want)
		}
	}
	first := run(t, choose, "viewer-request", "/", "").URI
	cookie := run(t, protect, "viewer-response", first, "").header("set-cookie")
	if !strings.HasPrefix(cookie, "group="+first[1:2]+";") {
		t.Errorf("a new viewer sees %s and gets the cookie %q", first, cookie)
	}
	if got := run(t, choose, "viewer-request", "/about/", ""); got.URI != "/about/index.html" {
		t.Errorf("a folder has the URI %s", got.URI)
	}
}

func TestAdmit(t *testing.T) {
	// The private key of publicKey, a test vector of RFC 8032.
	seed, err := hex.DecodeString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
	if err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(seed)
	sign := func(name string, ends time.Time) string {
		message := fmt.Sprintf("%s.%d", name, ends.Unix())
		return message + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(message)))
	}
	later := time.Now().Add(time.Hour)
	valid := sign("ada", later)
	for name, test := range map[string]struct {
		cookie string
		admits bool
	}{
		"a member":               {valid, true},
		"nobody":                 {"", false},
		"somebody else's cookie": {strings.Replace(valid, "ada", "bob", 1), false},
		"an old cookie":          {sign("ada", time.Now().Add(-time.Second)), false},
		"no signature":           {fmt.Sprintf("ada.%d.", later.Unix()), false},
		"nonsense":               {"...", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, admit, "viewer-request", "/members/", "session="+test.cookie)
			if test.admits && got.URI != "/members/index.html" {
				t.Errorf("the answer is %+v, want the request", got)
			}
			if !test.admits && (got.Status != "302" || got.header("location") != "/login.html?to=%2Fmembers%2F") {
				t.Errorf("the answer is %+v, want a redirect to the login", got)
			}
		})
	}
}

func TestRedirect(t *testing.T) {
	got := run(t, redirect, "origin-request", "/blog/2026/one", "")
	if got.Status != "301" || got.header("location") != "/articles/2026/one?a=1&b=%20" {
		t.Errorf("the answer is %+v", got)
	}
	if got := run(t, redirect, "origin-request", "/articles/", ""); got.URI != "/articles/" || got.Status != "" {
		t.Errorf("the answer is %+v, want the request", got)
	}
}

func TestProtect(t *testing.T) {
	got := run(t, protect, "viewer-response", "/", "group=a")
	if got.Status != "200" || got.header("x-content-type-options") != "nosniff" || got.header("server") != "" ||
		got.header("set-cookie") != "" {
		t.Errorf("the answer is %+v", got)
	}
}
