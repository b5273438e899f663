package gateway

import (
	"net"
	"net/http"
	"strings"
)

// account is the account of all requests on this machine.
const account = "123456789012"

// event2 is an event of version 2.0, of an HTTP API or a function URL. aws-lambda-go's type would render fields that
// not all such events have.
type event2 struct {
	Version               string            `json:"version"`
	RouteKey              string            `json:"routeKey"`
	RawPath               string            `json:"rawPath"`
	RawQueryString        string            `json:"rawQueryString"`
	Cookies               []string          `json:"cookies,omitempty"`
	Headers               map[string]string `json:"headers"`
	QueryStringParameters map[string]string `json:"queryStringParameters,omitempty"`
	RequestContext        context2          `json:"requestContext"`
	PathParameters        map[string]string `json:"pathParameters,omitempty"`
	StageVariables        map[string]string `json:"stageVariables,omitempty"`
	Body                  *string           `json:"body,omitempty"`
	IsBase64Encoded       bool              `json:"isBase64Encoded"`
}

type context2 struct {
	AccountID    string         `json:"accountId"`
	APIID        string         `json:"apiId"`
	Authorizer   any            `json:"authorizer,omitempty"`
	DomainName   string         `json:"domainName"`
	DomainPrefix string         `json:"domainPrefix"`
	HTTP         requestContext `json:"http"`
	RequestID    string         `json:"requestId"`
	RouteKey     string         `json:"routeKey"`
	Stage        string         `json:"stage"`
	Time         string         `json:"time"`
	TimeEpoch    int64          `json:"timeEpoch"`
}

type requestContext struct {
	Method    string `json:"method"`
	Path      string `json:"path"`
	Protocol  string `json:"protocol"`
	SourceIP  string `json:"sourceIp"`
	UserAgent string `json:"userAgent"`
}

// timeFormat is the format of the times of requests.
const timeFormat = "02/Jan/2006:15:04:05 -0700"

// address is where a request goes.
type address struct {
	domain, route, stage, path string
	parameters                 map[string]string // of the path
	variables                  map[string]string // of the stage
	authorizer                 any               // the authorizer's result, or nil
}

// version2 returns the event of a request to an HTTP API or a function URL.
func (g *Gateway) version2(r *http.Request, body []byte, to address) event2 {
	now := g.Now().UTC()
	prefix, _, _ := strings.Cut(to.domain, ".")
	event := event2{
		Version:               "2.0",
		RouteKey:              to.route,
		RawPath:               to.path,
		RawQueryString:        r.URL.RawQuery,
		Cookies:               cookies(r.Header),
		Headers:               joined(r, to.domain),
		QueryStringParameters: parameters(r),
		PathParameters:        to.parameters,
		StageVariables:        to.variables,
		RequestContext: context2{
			AccountID:    account,
			Authorizer:   to.authorizer,
			APIID:        prefix,
			DomainName:   to.domain,
			DomainPrefix: prefix,
			RequestID:    g.NewID(),
			RouteKey:     to.route,
			Stage:        to.stage,
			Time:         now.Format(timeFormat),
			TimeEpoch:    now.UnixMilli(),
			HTTP: requestContext{
				Method:    r.Method,
				Path:      to.path,
				Protocol:  r.Proto,
				SourceIP:  sourceIP(r),
				UserAgent: r.UserAgent(),
			},
		},
	}
	if len(body) > 0 {
		text, isBase64 := asText(body, r.Header.Get("Content-Type"))
		event.Body, event.IsBase64Encoded = &text, isBase64
	}
	return event
}

func cookies(header http.Header) []string {
	var all []string
	for _, line := range header.Values("Cookie") {
		for cookie := range strings.SplitSeq(line, ";") {
			if cookie = strings.TrimSpace(cookie); cookie != "" {
				all = append(all, cookie)
			}
		}
	}
	return all
}

// joined returns the request's headers with one value for each name, in lower case, and those that the service adds.
func joined(r *http.Request, domain string) map[string]string {
	headers := map[string]string{}
	for name, values := range r.Header {
		if name != "Cookie" {
			headers[strings.ToLower(name)] = strings.Join(values, ",")
		}
	}
	headers["host"] = domain
	headers["x-forwarded-for"], headers["x-forwarded-port"], headers["x-forwarded-proto"] = sourceIP(r), "443", "https"
	return headers
}

// parameters returns those of the query, unescaped, with one value for each name.
func parameters(r *http.Request) map[string]string {
	var single map[string]string
	for name, values := range r.URL.Query() {
		if single == nil {
			single = map[string]string{}
		}
		single[name] = strings.Join(values, ",")
	}
	return single
}

func sourceIP(r *http.Request) string {
	ip, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return ip
}
