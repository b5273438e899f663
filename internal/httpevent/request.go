package httpevent

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
)

// request returns the request that an event describes, as a server of package net/http has it.
func (e event) request(ctx context.Context, k kind) (*http.Request, error) {
	body, err := e.body()
	if err != nil {
		return nil, err
	}
	method, path, query := e.HTTPMethod, e.Path, e.query(k)
	switch {
	case k == version2:
		method, path = e.RequestContext.HTTP.Method, e.inStage(e.RawPath)
	case e.Version == "1.0": // of HTTP APIs
		path = e.inStage(path)
	}
	location := address(path)
	location.RawQuery = query
	request := &http.Request{
		Method:        method,
		URL:           location,
		RequestURI:    location.RequestURI(),
		Header:        e.header(k),
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
	}
	if len(body) == 0 {
		request.Body = http.NoBody
	}
	request.Host = request.Header.Get("Host")
	request.Header.Del("Host") // as in requests of servers
	request.RemoteAddr = e.remoteAddress(k, request.Header)
	request.Proto = e.protocol()
	var known bool
	if request.ProtoMajor, request.ProtoMinor, known = http.ParseHTTPVersion(request.Proto); !known {
		return nil, fmt.Errorf("the event's protocol %q is not a version of HTTP", request.Proto)
	}
	return request.WithContext(ctx), nil
}

// address returns the URL of a path that may or may not be escaped: REST APIs and HTTP APIs unescape it, other services
// do not. A path that can be an escaped one is treated as one.
func address(path string) *url.URL {
	if path == "" {
		path = "/"
	}
	unescaped, err := url.PathUnescape(path)
	if err != nil || strings.ContainsFunc(path, mustBeEscaped) {
		return &url.URL{Path: path}
	}
	return &url.URL{Path: unescaped, RawPath: path}
}

// mustBeEscaped reports whether a character cannot be in an escaped path.
func mustBeEscaped(c rune) bool {
	return c <= ' ' || c >= 0x7f || strings.ContainsRune(`?#"<>\^{|}`+"`", c)
}

// inStage returns a path without the stage that the default endpoint of an HTTP API has before it.
func (e event) inStage(path string) string {
	stage := e.RequestContext.Stage
	if stage == "" || stage == "$default" || !strings.Contains(e.RequestContext.DomainName, ".execute-api.") {
		return path
	}
	rest, hasStage := strings.CutPrefix(path, "/"+stage)
	if !hasStage || rest != "" && rest[0] != '/' {
		return path
	}
	return rest
}

// query returns the request's query, escaped. API Gateway unescapes the parameters of REST APIs; load balancers do not.
func (e event) query(k kind) string {
	if k == version2 {
		return e.RawQueryString
	}
	parameters := url.Values(e.MultiValueQueryStringParameters)
	if parameters == nil {
		parameters = url.Values{}
		for name, value := range e.QueryStringParameters {
			parameters.Set(name, value)
		}
	}
	if k == rest {
		return parameters.Encode()
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		for _, value := range parameters[name] {
			pairs = append(pairs, name+"="+value)
		}
	}
	return strings.Join(pairs, "&")
}

func (e event) header(k kind) http.Header {
	header := http.Header{}
	for name, value := range e.Headers {
		header.Set(name, value)
	}
	for name, values := range e.MultiValueHeaders {
		header[textproto.CanonicalMIMEHeaderKey(name)] = slices.Clone(values)
	}
	if k == version2 && len(e.Cookies) > 0 {
		header.Set("Cookie", strings.Join(e.Cookies, "; "))
	}
	return header
}

// remoteAddress returns the client's address, without a known port. A load balancer adds the address to a header.
func (e event) remoteAddress(k kind, header http.Header) string {
	ip := e.RequestContext.Identity.SourceIP
	switch k {
	case version2:
		ip = e.RequestContext.HTTP.SourceIP
	case balancer:
		forwarded := header.Get("X-Forwarded-For")
		ip = strings.TrimSpace(forwarded[strings.LastIndexByte(forwarded, ',')+1:])
	}
	if ip == "" {
		return ""
	}
	return net.JoinHostPort(ip, "0")
}

// protocol returns the version of HTTP that the client used. Load balancers do not say it.
func (e event) protocol() string {
	for _, protocol := range []string{e.RequestContext.HTTP.Protocol, e.RequestContext.Protocol} {
		switch protocol {
		case "":
		case "HTTP/2", "HTTP/3":
			return protocol + ".0"
		default:
			return protocol
		}
	}
	return "HTTP/1.1"
}
