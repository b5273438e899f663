package httpevent

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// event has the fields of the four kinds of events that hold an HTTP request. Other services add fields of their own.
type event struct {
	// Version is 2.0 in events of HTTP APIs and function URLs, unless the integration asks for 1.0.
	Version string `json:"version"`

	// Of REST APIs and load balancers.
	HTTPMethod                      string              `json:"httpMethod"`
	Path                            string              `json:"path"`
	QueryStringParameters           map[string]string   `json:"queryStringParameters"`
	MultiValueQueryStringParameters map[string][]string `json:"multiValueQueryStringParameters"`
	MultiValueHeaders               map[string][]string `json:"multiValueHeaders"`

	// Of version 2.0.
	RawPath        string   `json:"rawPath"`
	RawQueryString string   `json:"rawQueryString"`
	Cookies        []string `json:"cookies"`

	Headers         map[string]string `json:"headers"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
	RequestContext  requestContext    `json:"requestContext"`
}

type requestContext struct {
	ELB        *struct{}   `json:"elb"` // only load balancers have it
	DomainName string      `json:"domainName"`
	Stage      string      `json:"stage"`
	Protocol   string      `json:"protocol"`
	Identity   client      `json:"identity"`
	HTTP       httpContext `json:"http"`
}

type client struct {
	SourceIP string `json:"sourceIp"`
}

type httpContext struct {
	Method   string `json:"method"`
	Protocol string `json:"protocol"`
	SourceIP string `json:"sourceIp"`
}

// kind is the kind of service that sent an event. It decides how to read the request and how to write the response.
type kind int

const (
	unknown  kind = iota
	rest          // REST APIs, and HTTP APIs with version 1.0
	version2      // HTTP APIs and function URLs
	balancer      // Application Load Balancers
)

var errNotHTTP = errors.New("the event is not an HTTP request of API Gateway, a function URL or a load balancer: " +
	"it has neither requestContext.http.method nor httpMethod: try the function with requests to the addresses of " +
	"its API or URL that `cgo:explore` shows, or with `cgo:invoke -sample=http-api` (behind a load balancer: " +
	"`-sample=alb`), and handle other events in another function")

// read decodes an event.
func read(document []byte) (event, kind, error) {
	var e event
	if err := json.Unmarshal(document, &e); err != nil {
		return e, unknown, fmt.Errorf("read the event as an HTTP request: %w", err)
	}
	switch {
	case e.RequestContext.HTTP.Method != "":
		return e, version2, nil
	case e.HTTPMethod != "" && e.RequestContext.ELB != nil:
		return e, balancer, nil
	case e.HTTPMethod != "":
		return e, rest, nil
	}
	return e, unknown, errNotHTTP
}

// body returns the request's body in bytes.
func (e event) body() ([]byte, error) {
	if !e.IsBase64Encoded {
		return []byte(e.Body), nil
	}
	decoded, err := base64.StdEncoding.DecodeString(e.Body)
	if err != nil {
		return nil, fmt.Errorf("decode the event's body, which isBase64Encoded: %w", err)
	}
	return decoded, nil
}
