package guard_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/guard"
)

const (
	token = "the-token"
	here  = "localhost:8377"
)

var everything = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "served") })

// request is one to a handler at here, unless its headers say otherwise.
type request struct {
	method, path string
	headers      map[string]string
}

func (r request) send(handler http.Handler) *httptest.ResponseRecorder {
	method, path := r.method, r.path
	if method == "" {
		method = http.MethodGet
	}
	if path == "" {
		path = "/"
	}
	sent := httptest.NewRequest(method, path, nil)
	sent.Host = here
	for name, value := range r.headers {
		if name == "Host" {
			sent.Host = value
			continue
		}
		sent.Header.Set(name, value)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, sent)
	return answer
}

func TestHosts(t *testing.T) {
	g := guard.Guard{Names: []string{"builder.example.com"}, Token: token}
	for host, known := range map[string]bool{
		"localhost":                   true,
		"localhost:8377":              true,
		"LocalHost.:80":               true,
		"orders.localhost:8378":       true,
		"127.0.0.1:8377":              true,
		"[::1]:8377":                  true,
		"[::1]":                       true,
		"192.168.1.20:8377":           true,
		"builder.example.com:8377":    true,
		"Builder.Example.com":         true,
		"example.com:8377":            false,
		"evil.builder.example.com":    false,
		"localhost.example.com:8377":  false,
		"127.0.0.1.example.com":       false,
		"notlocalhost":                false,
		"":                            false,
		"localhost:8377@example.com":  false,
		"127.0.0.1:8377,example.com":  false,
		"example.com:8377#.localhost": false,
	} {
		cookie := "sparta-console=" + token
		for _, port := range []string{"80", "8377", "8378"} {
			cookie += "; sparta-console-" + port + "=" + token
		}
		headers := map[string]string{"Host": host, "Cookie": cookie}
		handlers := map[string]http.Handler{"page": g.Page(everything), "service": g.Service(everything)}
		for kind, handler := range handlers {
			answer := request{headers: headers}.send(handler)
			if served := answer.Code == http.StatusOK; served != known {
				t.Errorf("host %q: the %s answers %d %s", host, kind, answer.Code, answer.Body)
			}
		}
	}
}

func TestAServiceRefusesForeignPages(t *testing.T) {
	g := guard.Guard{Token: token}
	for name, test := range map[string]struct {
		headers map[string]string
		served  bool
	}{
		"a program":                       {nil, true},
		"an address typed into a browser": {map[string]string{"Sec-Fetch-Site": "none"}, true},
		"the site's own page":             {map[string]string{"Sec-Fetch-Site": "same-origin"}, true},
		"an image of another port":        {map[string]string{"Sec-Fetch-Site": "same-site"}, true},
		"a page of another port":          {map[string]string{"Origin": "http://localhost:3000"}, true},
		"the page of the site's own name": {
			map[string]string{"Origin": "http://site.localhost:8378", "Sec-Fetch-Site": "cross-site"}, true,
		},
		"a page of another address of the loopback interface": {
			map[string]string{"Origin": "http://127.0.0.2:3000"}, true,
		},
		"a page of the loopback interface's IPv6 address": {map[string]string{"Origin": "http://[::1]:3000"}, true},
		"a page of a server that listens everywhere":      {map[string]string{"Origin": "http://0.0.0.0:8000"}, true},
		"a page of another machine, by its address": {
			map[string]string{"Origin": "http://203.0.113.5", "Sec-Fetch-Site": "cross-site"}, false,
		},
		"a page of another machine, by its IPv6 address": {map[string]string{"Origin": "http://[2001:db8::5]"}, false},
		"a page of this machine, by the same address": {
			map[string]string{"Host": "192.168.1.20:8377", "Origin": "http://192.168.1.20:8378"}, true,
		},
		"a page of this machine, by the same IPv6 address": {
			map[string]string{"Host": "[2001:db8::5]:8377", "Origin": "http://[2001:db8::5]"}, true,
		},
		"a page of another address of the network": {
			map[string]string{"Host": "192.168.1.20:8377", "Origin": "http://192.168.1.21:8377"}, false,
		},
		"a page of another site":        {map[string]string{"Origin": "https://example.com"}, false},
		"a page that hides where it is": {map[string]string{"Origin": "null"}, false},
		"an image on another site":      {map[string]string{"Sec-Fetch-Site": "cross-site"}, false},
		"a link on another site": {
			map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}, false,
		},
		"a page with a name like ours":     {map[string]string{"Origin": "http://localhost.example.com"}, false},
		"an origin that is not an address": {map[string]string{"Origin": "::"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			handlers := map[string]http.Handler{"API": g.Service(everything), "site": g.Web(everything)}
			for kind, handler := range handlers {
				answer := request{method: http.MethodPost, path: "/invocations", headers: test.headers}.send(handler)
				if served := answer.Code == http.StatusOK; served != test.served {
					t.Errorf("the %s answers %d %s", kind, answer.Code, answer.Body)
				}
			}
		})
	}
}

// A provider of identities, for example, sends people back to the application.
func TestLinksOfOtherSitesLeadToTheSiteOnly(t *testing.T) {
	g := guard.Guard{Token: token}
	link := func(changes ...string) map[string]string {
		headers := map[string]string{
			"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
		}
		for i := 0; i < len(changes); i += 2 {
			headers[changes[i]] = changes[i+1]
		}
		return headers
	}
	for name, test := range map[string]struct {
		request request
		served  bool
	}{
		"a link":           {request{headers: link()}, true},
		"a link to a name": {request{headers: link("Host", "site.localhost:8378")}, true},
		"a link to a name that may resolve to this machine": {
			request{headers: link("Host", "example.com")}, false,
		},
		"a form that is posted":  {request{method: http.MethodPost, headers: link()}, false},
		"a form with its origin": {request{headers: link("Origin", "https://example.com")}, false},
		"a frame":                {request{headers: link("Sec-Fetch-Dest", "iframe")}, false},
		"an image": {
			request{headers: link("Sec-Fetch-Dest", "image", "Sec-Fetch-Mode", "no-cors")}, false,
		},
		"a script":                     {request{headers: link("Sec-Fetch-Mode", "cors")}, false},
		"a request to delete an order": {request{method: http.MethodDelete, headers: link()}, false},
	} {
		t.Run(name, func(t *testing.T) {
			test.request.path = "/invocations"
			if answer := test.request.send(g.Web(everything)); (answer.Code == http.StatusOK) != test.served {
				t.Errorf("the site answers %d %s", answer.Code, answer.Body)
			}
			if answer := test.request.send(g.Service(everything)); answer.Code != http.StatusForbidden {
				t.Errorf("Lambda's API answers %d %s", answer.Code, answer.Body)
			}
			if answer := test.request.send(g.Page(everything)); answer.Code != http.StatusForbidden {
				t.Errorf("the console answers %d %s", answer.Code, answer.Body)
			}
		})
	}
}

// Browsers send cookies to all ports of a host.
func TestAServiceDoesNotReceiveTheToken(t *testing.T) {
	var got []string
	handler := guard.Guard{Token: token}.Service(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r.Header.Values("Cookie")
	}))
	for sent, want := range map[string]string{
		"":                                      "",
		"session=1; theme=dark":                 "session=1; theme=dark",
		"sparta-console-8377=" + token:          "",
		"a=1; sparta-console-8377=old; b=2":     "a=1; b=2",
		"sparta-console=old;a=sparta-console":   "a=sparta-console",
		"a=1; sparta-console-8379=" + token:     "a=1",
		"sparta-console-8377=" + token + "; a=": "a=",
	} {
		headers := map[string]string{}
		if sent != "" {
			headers["Cookie"] = sent
		}
		request{headers: headers}.send(handler)
		if strings.Join(got, "|") != want {
			t.Errorf("of the cookies %q, the service receives %q", sent, got)
		}
	}
}

func TestOnlyThePageItselfUsesItsAPI(t *testing.T) {
	handler := guard.Guard{Token: token}.Page(everything)
	const cookie = "sparta-console-8377=" + token
	for name, test := range map[string]struct {
		request request
		status  int
	}{
		"with the cookie": {
			request{method: "POST", path: "/api", headers: map[string]string{
				"Cookie": cookie, "Origin": "http://" + here, "Sec-Fetch-Site": "same-origin",
			}}, 200,
		},
		"with another cookie of the same name before it": {
			request{path: "/api", headers: map[string]string{"Cookie": "sparta-console-8377=old; " + cookie}}, 200,
		},
		"without a token": {request{path: "/api"}, 401},
		"with a wrong cookie": {
			request{path: "/api", headers: map[string]string{"Cookie": "sparta-console-8377=wrong"}}, 401,
		},
		"with an empty cookie": {
			request{path: "/api", headers: map[string]string{"Cookie": "sparta-console-8377="}}, 401,
		},
		"with the cookie of another port": {
			request{path: "/api", headers: map[string]string{"Cookie": "sparta-console-8378=" + token}}, 401,
		},
		"with the token in the address of the API": {request{path: "/api?token=" + token}, 401},
		"with the token in an address that is posted to": {
			request{method: "POST", path: "/?token=" + token}, 401,
		},
		"from a page of another port": {
			request{method: "POST", path: "/api", headers: map[string]string{
				"Cookie": cookie, "Origin": "http://localhost:3000",
			}}, 403,
		},
		"from a page of another port, read": {
			request{path: "/api", headers: map[string]string{"Cookie": cookie, "Sec-Fetch-Site": "same-site"}}, 403,
		},
		"from a page of another site": {
			request{path: "/api", headers: map[string]string{"Cookie": cookie, "Sec-Fetch-Site": "cross-site"}}, 403,
		},
		"a link to the page": {
			request{path: "/?token=" + token, headers: map[string]string{
				"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
			}}, 200,
		},
		"a frame on another site": {
			request{path: "/?token=" + token, headers: map[string]string{
				"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe",
			}}, 403,
		},
		"a link to the API": {
			request{path: "/api", headers: map[string]string{
				"Cookie": cookie, "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate",
				"Sec-Fetch-Dest": "document",
			}}, 403,
		},
	} {
		t.Run(name, func(t *testing.T) {
			answer := test.request.send(handler)
			if answer.Code != test.status {
				t.Errorf("the answer is %d %s, want %d", answer.Code, answer.Body, test.status)
			}
			if strings.Contains(answer.Body.String(), token) {
				t.Errorf("the answer contains the token: %s", answer.Body)
			}
		})
	}
}

func TestTheTokenBecomesACookie(t *testing.T) {
	g := guard.Guard{Token: guard.NewToken()}
	address := g.Address("http://" + here + "/")
	path := strings.TrimPrefix(address, "http://"+here)
	answer := request{path: path}.send(g.Page(everything))
	cookies := answer.Result().Cookies()
	if answer.Code != http.StatusOK || len(cookies) != 1 {
		t.Fatalf("%s: the answer is %d with the cookies %v", path, answer.Code, cookies)
	}
	cookie := cookies[0]
	if cookie.Name != "sparta-console-8377" || cookie.Value != g.Token || !cookie.HttpOnly ||
		cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/" {
		t.Errorf("the cookie is %+v", cookie)
	}
	again := request{path: "/api", headers: map[string]string{"Cookie": cookie.Name + "=" + cookie.Value}}
	if answer := again.send(g.Page(everything)); answer.Code != http.StatusOK {
		t.Errorf("with the cookie, the answer is %d", answer.Code)
	}
}

func TestWithoutATokenNothingIsServed(t *testing.T) {
	for _, r := range []request{
		{}, {path: "/?token="}, {headers: map[string]string{"Cookie": "sparta-console-8377="}},
	} {
		if answer := r.send(guard.Guard{}.Page(everything)); answer.Code != http.StatusUnauthorized {
			t.Errorf("%+v: the answer is %d", r, answer.Code)
		}
	}
}

func TestThePolicyAllowsNoCodeWithinThePage(t *testing.T) {
	for name, handler := range map[string]http.Handler{
		"served":  guard.Guard{Token: token}.Page(everything),
		"refused": guard.Guard{}.Page(everything),
	} {
		header := request{path: "/?token=" + token}.send(handler).Header()
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: the policy is %q", name, policy)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: the headers are %v", name, header)
		}
	}
}

func TestTokensDiffer(t *testing.T) {
	if a, b := guard.NewToken(), guard.NewToken(); a == b || len(a) < 20 {
		t.Errorf("the tokens are %q and %q", a, b)
	}
}
