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
func (g Guard) Service(next http.Handler) http.Handler { return g.service(next, noLinks) }

// Web returns a handler for what a service serves over HTTP: it is as Service, but links and redirects of other sites
// may lead to it, for example back from a provider of identities. The page that has the link learns nothing, because
// the answer becomes a document of its own, with this origin. It can have a function invoked, but only with a GET
// request, whose effects a deployed service must bear as well: anybody may link to that. Forms that other sites post
// and frames on their pages are refused, and so are all requests under a name that is not known. Lambda's API and the
// console's are not served in this way: nobody follows links to them, and an address is enough to use them.
func (g Guard) Web(next http.Handler) http.Handler { return g.service(next, isLink) }

func (g Guard) service(next http.Handler, mayBeForeign func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if problem := g.foreign(r, mayBeForeign); problem != "" {
			refuse(w, http.StatusForbidden, problem)
			return
		}
		next.ServeHTTP(w, withoutToken(r))
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
func (g Guard) foreign(r *http.Request, mayBeForeign func(*http.Request) bool) string {
	if !g.isKnown(r.Host) {
		return unknownHost(r.Host)
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host == "" || !g.isHere(u.Host, r.Host) {
			return fmt.Sprintf("pages of %q may not send requests: only pages of this machine may", origin)
		}
		return ""
	}
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" && !mayBeForeign(r) {
		return "a page of another site has sent this request: type the address into the browser"
	}
	return ""
}

// isLink reports whether a browser sends a request to show its answer in a tab. Pages cannot forge these headers.
func isLink(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" &&
		r.Header.Get("Sec-Fetch-Dest") == "document"
}

func noLinks(*http.Request) bool { return false }

// otherOrigin says what is wrong with a request that the page itself has not sent. Following a link to the page is
// allowed, because it changes nothing.
func otherOrigin(r *http.Request) string {
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || !strings.EqualFold(u.Host, r.Host) {
			return fmt.Sprintf("pages of %q may not send requests: only the console itself may", origin)
		}
	}
	site := r.Header.Get("Sec-Fetch-Site")
	if site == "" || site == "none" || site == "same-origin" || r.URL.Path == "/" && isLink(r) {
		return ""
	}
	return "another page has sent this request: only the console itself may send it"
}

// isKnown reports whether a request may name a host, which may have a port. Any IP address may be named: a request that
// arrives here for an address was sent to this machine, while a name may be that of a foreign page.
func (g Guard) isKnown(host string) bool {
	name := nameOf(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	if _, isAddress := addressOf(name); isAddress {
		return true
	}
	return slices.ContainsFunc(g.Names, func(known string) bool { return strings.EqualFold(known, name) })
}

// isHere reports whether the host of a page's origin is this machine. Pages of other machines can have IP addresses as
// their hosts, too: an address must mean this machine everywhere, or be the one that the request was sent to.
func (g Guard) isHere(origin, host string) bool {
	address, isAddress := addressOf(nameOf(origin))
	if !isAddress {
		return g.isKnown(origin)
	}
	sentTo, _ := addressOf(nameOf(host)) // the zero address if it is a name
	return address.IsLoopback() || address.IsUnspecified() || address == sentTo
}

// nameOf returns a host without its port, or "" if the port is not a number.
func nameOf(host string) string {
	if name, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return ""
		}
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// addressOf returns the IP address that a name is, and reports whether it is one.
func addressOf(name string) (netip.Addr, bool) {
	address, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return address, err == nil
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

// cookiePrefix is how the names of the cookies with tokens begin.
const cookiePrefix = "sparta-console"

// cookieName contains the port, because all servers of a host share their cookies.
func cookieName(host string) string {
	if _, port, err := net.SplitHostPort(host); err == nil && port != "" {
		return cookiePrefix + "-" + port
	}
	return cookiePrefix
}

// withoutToken returns a request without the cookies of consoles, which browsers send to all ports of a host. Functions
// would receive the token in their events, which are shown, logged and saved as files.
func withoutToken(r *http.Request) *http.Request {
	lines := r.Header.Values("Cookie")
	if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, cookiePrefix) }) {
		return r
	}
	r = r.Clone(r.Context())
	r.Header.Del("Cookie")
	for _, line := range lines {
		cookies := slices.DeleteFunc(strings.Split(line, ";"), func(cookie string) bool {
			return strings.HasPrefix(strings.TrimSpace(cookie), cookiePrefix)
		})
		if rest := strings.TrimSpace(strings.Join(cookies, ";")); rest != "" {
			r.Header.Add("Cookie", rest)
		}
	}
	return r
}

func refuse(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(problem + "\n"))
}
