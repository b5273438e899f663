package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// event1 is an event of a REST API's Lambda proxy integration. What a request does not have is null.
type event1 struct {
	Resource                        string              `json:"resource"`
	Path                            string              `json:"path"`
	HTTPMethod                      string              `json:"httpMethod"`
	Headers                         map[string]string   `json:"headers"`
	MultiValueHeaders               map[string][]string `json:"multiValueHeaders"`
	QueryStringParameters           map[string]string   `json:"queryStringParameters"`
	MultiValueQueryStringParameters map[string][]string `json:"multiValueQueryStringParameters"`
	PathParameters                  map[string]string   `json:"pathParameters"`
	StageVariables                  map[string]string   `json:"stageVariables"`
	RequestContext                  context1            `json:"requestContext"`
	Body                            *string             `json:"body"`
	IsBase64Encoded                 bool                `json:"isBase64Encoded"`
}

type context1 struct {
	Authorizer        any       `json:"authorizer,omitempty"`
	ResourceID        *string   `json:"resourceId"` // nil in HTTP APIs
	ResourcePath      string    `json:"resourcePath"`
	HTTPMethod        string    `json:"httpMethod"`
	ExtendedRequestID string    `json:"extendedRequestId"`
	RequestTime       string    `json:"requestTime"`
	Path              string    `json:"path"` // with the stage
	AccountID         string    `json:"accountId"`
	Protocol          string    `json:"protocol"`
	Stage             string    `json:"stage"`
	DomainPrefix      string    `json:"domainPrefix"`
	RequestTimeEpoch  int64     `json:"requestTimeEpoch"`
	RequestID         string    `json:"requestId"`
	Identity          identity1 `json:"identity"`
	DomainName        string    `json:"domainName"`
	APIID             string    `json:"apiId"`
}

type identity1 struct {
	AccessKey                     *string `json:"accessKey"`
	AccountID                     *string `json:"accountId"`
	APIKey                        string  `json:"apiKey,omitempty"`
	Caller                        *string `json:"caller"`
	CognitoAuthenticationProvider *string `json:"cognitoAuthenticationProvider"`
	CognitoAuthenticationType     *string `json:"cognitoAuthenticationType"`
	CognitoIdentityID             *string `json:"cognitoIdentityId"`
	CognitoIdentityPoolID         *string `json:"cognitoIdentityPoolId"`
	PrincipalOrgID                *string `json:"principalOrgId"`
	SourceIP                      string  `json:"sourceIp"`
	User                          *string `json:"user"`
	UserAgent                     string  `json:"userAgent"`
	UserArn                       *string `json:"userArn"`
}

// The REST API of this machine.
const (
	apiID  = "local"
	domain = apiID + ".execute-api.us-east-1.amazonaws.com"
)

func (g *Gateway) serveProxy(w http.ResponseWriter, r *restRequest) {
	event, err := g.version1(r)
	var response []byte
	if err == nil {
		response, err = g.deliver(r.Context(), r.function, event)
	}
	if err == nil {
		err = writeProxied(w, response, g.isBinary)
	}
	switch {
	case errors.Is(err, errTooLarge):
		writeMessage(w, http.StatusRequestEntityTooLarge, tooLong)
	case errors.Is(err, ErrThrottled): // API Gateway does not pass Lambda's 429 on
		writeMessage(w, http.StatusInternalServerError, internal)
	case err != nil:
		g.Failed(r.function, err)
		writeMessage(w, http.StatusBadGateway, internal)
	}
}

// version1 returns the event of a request to a method with a Lambda proxy integration.
func (g *Gateway) version1(r *restRequest) ([]byte, error) {
	event := g.restEvent1(r)
	if len(r.body) > 0 {
		text := string(r.body)
		if event.IsBase64Encoded = g.isBinary(r.Header.Get("Content-Type")); event.IsBase64Encoded {
			text = encoded(r.body)
		}
		event.Body = &text
	}
	return plainjson.Marshal(event)
}

// restEvent1 returns the event of a request to a method, without its body.
func (g *Gateway) restEvent1(r *restRequest) event1 {
	now, id, resource := g.Now().UTC(), g.NewID(), resourceID(r.route)
	headers, query := received(r.Request), orNull(r.URL.Query())
	event := event1{
		Resource:                        r.route.Path,
		Path:                            r.path,
		HTTPMethod:                      r.Method,
		Headers:                         lastOf(headers),
		MultiValueHeaders:               headers,
		QueryStringParameters:           lastOf(query),
		MultiValueQueryStringParameters: query,
		PathParameters:                  orNull(r.parameters),
		StageVariables:                  orNull(constants(g.REST.API.Stage.Variables)),
		RequestContext: context1{
			ResourceID:        &resource,
			ResourcePath:      r.route.Path,
			HTTPMethod:        r.Method,
			ExtendedRequestID: id,
			RequestTime:       now.Format(timeFormat),
			Path:              "/" + g.REST.API.Stage.Name + r.path,
			AccountID:         account,
			Protocol:          r.Proto,
			Stage:             g.REST.API.Stage.Name,
			DomainPrefix:      apiID,
			RequestTimeEpoch:  now.UnixMilli(),
			RequestID:         id,
			Identity:          identity1{APIKey: r.apiKey(), SourceIP: sourceIP(r.Request), UserAgent: r.UserAgent()},
			DomainName:        domain,
			APIID:             apiID,
		},
	}
	if r.authorizer != nil {
		event.RequestContext.Authorizer = r.authorizer
	}
	return event
}

// received returns the request's headers and those that API Gateway adds.
func received(r *http.Request) map[string][]string {
	headers := map[string][]string{}
	for name, values := range r.Header {
		headers[name] = values
	}
	headers["Host"] = []string{domain}
	headers["X-Forwarded-For"] = []string{sourceIP(r)}
	headers["X-Forwarded-Port"] = []string{"443"}
	headers["X-Forwarded-Proto"] = []string{"https"}
	return headers
}

// orNull returns nil, which is null in JSON, for an empty map.
func orNull[M ~map[string]V, V any](values M) M {
	if len(values) == 0 {
		return nil
	}
	return values
}

// lastOf returns the last value of each name.
func lastOf(values map[string][]string) map[string]string {
	if values == nil {
		return nil
	}
	last := map[string]string{}
	for name, list := range values {
		if len(list) > 0 {
			last[name] = list[len(list)-1]
		}
	}
	return last
}

// resourceID returns an ID for a path, where API Gateway generates one.
func resourceID(route apiroutes.Route) string {
	return strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "", "+", "").Replace(route.Path), "-")
}

// isBinary reports whether a content type is one of the API's binary media types.
func (g *Gateway) isBinary(contentType string) bool {
	media := apiroutes.MediaType(contentType)
	return slices.ContainsFunc(g.REST.API.BinaryMediaTypes, func(pattern string) bool {
		fits, _ := path.Match(pattern, media)
		return fits || pattern == "*/*"
	})
}

// writeProxied writes what a function with a proxy integration returns, whose body is base64 if it says so and has a
// binary content type. It writes nothing and returns an error if API Gateway would refuse the response.
func writeProxied(w http.ResponseWriter, document []byte, isBinary func(contentType string) bool) error {
	var response events.APIGatewayProxyResponse
	if err := json.Unmarshal(document, &response); err != nil {
		return fmt.Errorf("the function's response is not that of a proxy integration: %w", err)
	}
	if response.StatusCode < 200 || response.StatusCode > 599 {
		return fmt.Errorf("the function's response has the statusCode %d: use 200 to 599", response.StatusCode)
	}
	body, err := decoded(response.Body, response.IsBase64Encoded)
	if err != nil {
		return err
	}
	header := w.Header()
	setAll(header, response.Headers)
	for name, values := range response.MultiValueHeaders {
		header[http.CanonicalHeaderKey(name)] = values
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	if response.IsBase64Encoded && !isBinary(header.Get("Content-Type")) {
		body = []byte(response.Body) // only binary media types are decoded
	}
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(body)
	return nil
}
