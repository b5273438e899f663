package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestForeignPagesInTheSameBrowserCanDoNothing: a page of another site, of a site whose name resolves to this machine,
// and of another server on this machine, in a browser that has the console open.
func TestForeignPagesInTheSameBrowserCanDoNothing(t *testing.T) {
	s, p := openConsole(t)
	var invoked atomic.Int64
	lambda := httptest.NewServer(s.guard.Service(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		invoked.Add(1)
	})))
	defer lambda.Close()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!DOCTYPE html><title>other</title>")
	}))
	defer other.Close()
	port := func(address string) string { return address[strings.LastIndex(address, ":"):] }
	entries := len(s.history.List())

	attack := func(address string) string {
		return fmt.Sprintf(`fetch(%q, { method: 'POST', body: '{}', mode: 'no-cors', credentials: 'include' })`+
			`.then(() => 'sent', (e) => String(e))`, address)
	}
	const read = `fetch(%q, { credentials: 'include' }).then((r) => r.text(), (e) => 'refused')`
	for name, test := range map[string]struct {
		page      string
		mayInvoke bool // servers of this machine are not foreign to Lambda's API
	}{
		"another site":                   {page: "http://" + evil + port(other.URL)},
		"another server of this machine": {page: "http://localhost" + port(other.URL), mayInvoke: true},
	} {
		t.Run(name, func(t *testing.T) {
			page := p.sibling(test.page)
			page.until("document.title === 'other'")
			before := invoked.Load()
			// The browser sends both, and says whether the page may know that there was an answer.
			eval[string](page, attack(s.server.URL+"/console/api/functions/take/calls"))
			eval[string](page, attack(lambda.URL+"/2015-03-31/functions/take/invocations"))
			if got := eval[string](page, fmt.Sprintf(read, s.server.URL+"/console/api/events")); got != "refused" {
				t.Errorf("the page reads %s", got)
			}
			if got := len(s.history.List()); got != entries {
				t.Errorf("the page has invoked a function of the console")
			}
			if isInvoked := invoked.Load() > before; isInvoked != test.mayInvoke {
				t.Errorf("the page has invoked a function: %t, want %t", isInvoked, test.mayInvoke)
			}
		})
	}

	t.Run("a name that resolves to this machine", func(t *testing.T) {
		for _, server := range []string{s.server.URL, lambda.URL} {
			page := p.sibling("http://" + evil + port(server) + "/")
			page.shows("body", "is not known")
			if got := eval[string](page, attack("/console/api/functions/take/calls")); got != "sent" {
				t.Errorf("the request was not sent: %s", got)
			}
		}
		if got := len(s.history.List()); got != entries {
			t.Errorf("the page has invoked a function")
		}
	})
}
