package guard

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Guard checks requests. It is safe for concurrent use.
type Guard struct {
	// Names are the hosts that requests may name, in addition to localhost, names below it and IP addresses. No site
	// can have its name resolve to this machine and then be asked for under one of these.
	Names []string
	// Token is the secret that requests to a page must know.
	Token string
}

// NewToken returns a token that cannot be guessed.
func NewToken() string { return rand.Text() }

// Address returns the address at which a browser opens the page, with the token.
func (g Guard) Address(base string) string {
	return strings.TrimSuffix(base, "/") + "/?token=" + url.QueryEscape(g.Token)
}

// Service returns a handler for programs and for the pages of this machine: it needs no token, and refuses what a
// browser sends for a page of another host.
func (g Guard) Service(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if problem := g.foreign(r); problem != "" {
			refuse(w, http.StatusForbidden, problem)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Page returns a handler for a page and its API. The page's address has the token, and a cookie keeps it. Only the page
// itself may use the API: other servers on this machine have the same host, but another port.
func (g Guard) Page(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("X-Frame-Options", "SAMEORIGIN")
		header.Set("Cache-Control", "no-store")
		if !g.isKnown(r.Host) {
			refuse(w, http.StatusForbidden, unknownHost(r.Host))
			return
		}
		if problem := otherOrigin(r); problem != "" {
			refuse(w, http.StatusForbidden, problem)
			return
		}
		if !g.authorize(w, r) {
			refuse(w, http.StatusUnauthorized,
				"the token is missing or wrong: open the address that explore has printed, which has the token")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// policy allows the page's own files and nothing else: no script or style within a page, and no other host.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// foreign says what is wrong with a request that a browser sends for a page of another host. Programs send none of
// these headers. A page of this machine with another port may use the service, as its CORS settings allow.
func (g Guard) foreign(r *http.Request) string {
	if !g.isKnown(r.Host) {
		return unknownHost(r.Host)
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host == "" || !g.isKnown(u.Host) {
			return fmt.Sprintf("pages of %q may not send requests: only pages of this machine may", origin)
		}
		return ""
	}
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return "a page of another site has sent this request: type the address into the browser"
	}
	return ""
}

// otherOrigin says what is wrong with a request that not the page itself has sent. Following a link to the page is
// allowed, because it changes nothing.
func otherOrigin(r *http.Request) string {
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || !strings.EqualFold(u.Host, r.Host) {
			return fmt.Sprintf("pages of %q may not send requests: only the console itself may", origin)
		}
	}
	site := r.Header.Get("Sec-Fetch-Site")
	isLink := r.URL.Path == "/" && r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Dest") == "document"
	if site == "" || site == "none" || site == "same-origin" || isLink {
		return ""
	}
	return "another page has sent this request: only the console itself may send it"
}

// isKnown reports whether a host, with or without a port, is one of this machine's. An IP address is always known:
// a foreign page's host is a name.
func (g Guard) isKnown(host string) bool {
	name := host
	if withoutPort, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		name = withoutPort
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	return slices.ContainsFunc(g.Names, func(known string) bool { return strings.EqualFold(known, name) })
}

func unknownHost(host string) string {
	return fmt.Sprintf("host %q is not known: use localhost or an IP address", host)
}

// authorize reports whether a request has the token, and has the browser keep a token from the address.
func (g Guard) authorize(w http.ResponseWriter, r *http.Request) bool {
	name := cookieName(r.Host)
	if token := r.URL.Query().Get("token"); token != "" && r.Method == http.MethodGet && r.URL.Path == "/" {
		if !g.isToken(token) {
			return false
		}
		http.SetCookie(w, &http.Cookie{
			Name: name, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		return true
	}
	for _, cookie := range r.CookiesNamed(name) {
		if g.isToken(cookie.Value) {
			return true
		}
	}
	return false
}

func (g Guard) isToken(token string) bool {
	return g.Token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(g.Token)) == 1
}

// cookieName contains the port, because all servers of a host share their cookies.
func cookieName(host string) string {
	if _, port, err := net.SplitHostPort(host); err == nil && port != "" {
		return "sparta-console-" + port
	}
	return "sparta-console"
}

func refuse(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(problem + "\n"))
}
