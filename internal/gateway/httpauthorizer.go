package gateway

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// authorizeHTTP asks the authorizer of a route, and keeps its result for the function's event. It reports whether the
// function may be invoked; if not, it has answered the request. Functions that are not the service's and authorizers
// that hooks add are not asked.
func (g *Gateway) authorizeHTTP(w http.ResponseWriter, r *httpRequest) bool {
	if g.Bypass {
		return true
	}
	for _, authorizer := range g.HTTP.API.Authorizers {
		if authorizer == nil || r.route.Authorizer != any(authorizer.Name) {
			continue
		}
		values, ok := g.identity(r, authorizer)
		switch {
		case !ok && authorizer.Type == "JWT":
			w.Header().Set("Www-Authenticate", "Bearer")
			writeMessage(w, http.StatusUnauthorized, unauthorized)
			return false
		case !ok:
			writeMessage(w, http.StatusUnauthorized, unauthorized)
			return false
		case authorizer.Type == "JWT":
			return g.checkToken(w, r, authorizer, values[0])
		case authorizer.FunctionArn == nil:
			return g.ask(w, r, authorizer, values)
		}
	}
	return true
}

// identity returns the values that an authorizer requires of a request, and reports whether the request has them.
func (g *Gateway) identity(r *httpRequest, authorizer *sparta.Authorizer) (values []string, ok bool) {
	sources := cmp.Or(authorizer.IdentitySource, "$request.header.Authorization")
	for source := range strings.SplitSeq(sources, ",") {
		source = strings.TrimSpace(source)
		kind, name, _ := strings.Cut(strings.TrimPrefix(source, "$request."), ".")
		value := ""
		switch kind {
		case "header":
			value = strings.Join(r.Header.Values(name), ",")
		case "querystring":
			value = strings.Join(r.URL.Query()[name], ",")
		case "$stageVariables":
			value = constants(g.HTTP.API.Stage.Variables)[name]
		case "$context":
			value = g.contextValue(r, name)
		}
		if value == "" {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

// contextValue returns the value of a $context variable of a request.
func (g *Gateway) contextValue(r *httpRequest, name string) string {
	return map[string]string{
		"accountId":          account,
		"apiId":              apiID,
		"domainName":         domain,
		"httpMethod":         r.Method,
		"identity.sourceIp":  sourceIP(r.Request),
		"identity.userAgent": r.UserAgent(),
		"path":               r.path,
		"protocol":           r.Proto,
		"routeKey":           r.route.RouteKey,
		"stage":              g.HTTP.API.Stage.Name,
	}[name]
}

// checkToken checks a token, and its signature if there is a key set.
func (g *Gateway) checkToken(w http.ResponseWriter, r *httpRequest, a *sparta.Authorizer, token string) bool {
	all, problem, err := g.readToken(token)
	if err != nil {
		g.Failed("", err)
		writeMessage(w, http.StatusInternalServerError, internalError)
		return false
	}
	if problem == "" {
		problem = all.problem(a.JWTConfiguration, g.Now())
	}
	if problem != "" {
		w.Header().Set("Www-Authenticate",
			fmt.Sprintf(`Bearer scope="" error="invalid_token" error_description=%q`, problem))
		writeMessage(w, http.StatusUnauthorized, unauthorized)
		return false
	}
	scopes := all.scopes(r.route.AuthorizationScopes)
	if len(r.route.AuthorizationScopes) > 0 && len(scopes) == 0 {
		w.Header().Set("Www-Authenticate", fmt.Sprintf(`Bearer scope=%q error="insufficient_scope" `+
			`error_description="the token does not have any required scopes"`,
			strings.Join(r.route.AuthorizationScopes, " ")))
		writeMessage(w, http.StatusForbidden, forbidden)
		return false
	}
	verified := map[string]any{"claims": all.texts(), "scopes": scopes}
	if r.route.PayloadFormatVersion == "1.0" {
		r.authorizer = verified
	} else {
		r.authorizer = map[string]any{"jwt": verified}
	}
	return true
}

// ask invokes the function that decides on a request.
func (g *Gateway) ask(w http.ResponseWriter, r *httpRequest, a *sparta.Authorizer, values []string) bool {
	function := cmp.Or(a.FunctionName(), g.HTTP.Function)
	arn := g.routeARN(r)
	event, err := g.authorizerEvent(r, a, values, arn)
	var answer []byte
	if err == nil {
		answer, err = g.Invoke(r.Context(), function, event)
	}
	var allowed bool
	var context map[string]any
	if err == nil {
		allowed, context, err = decision(answer, a.EnableSimpleResponses, arn)
	}
	switch {
	case err != nil:
		g.Failed(function, err)
		writeMessage(w, http.StatusInternalServerError, internalError)
	case !allowed:
		writeMessage(w, http.StatusForbidden, forbidden)
	case r.route.PayloadFormatVersion == "1.0":
		r.authorizer = context
	default:
		r.authorizer = map[string]any{"lambda": context}
	}
	return err == nil && allowed
}

// routeARN identifies the request in policies.
func (g *Gateway) routeARN(r *httpRequest) string {
	path := strings.TrimPrefix(r.path, "/")
	if stage := g.HTTP.API.Stage.Name; stage != sparta.DefaultStage {
		path = strings.TrimPrefix(strings.TrimPrefix(path, stage), "/")
	}
	return executeARN + g.HTTP.API.Stage.Name + "/" + r.Method + "/" + path
}

// authorizerEvent2 is the event of version 2.0 of an authorizer.
type authorizerEvent2 struct {
	event2
	Type           string   `json:"type"`
	RouteARN       string   `json:"routeArn"`
	IdentitySource []string `json:"identitySource"`
	// An authorizer does not receive the body.
	Body            *string `json:"body,omitempty"`
	IsBase64Encoded bool    `json:"isBase64Encoded,omitempty"`
}

// authorizerEvent1 is the event of version 1.0 of an authorizer.
type authorizerEvent1 struct {
	event1OfHTTP
	Type               string `json:"type"`
	MethodARN          string `json:"methodArn"`
	IdentitySource     string `json:"identitySource"`
	AuthorizationToken string `json:"authorizationToken"`
	// An authorizer does not receive the body.
	Body            *string `json:"body,omitempty"`
	IsBase64Encoded bool    `json:"isBase64Encoded,omitempty"`
}

func (g *Gateway) authorizerEvent(
	r *httpRequest, a *sparta.Authorizer, values []string, arn string,
) ([]byte, error) {
	if a.AuthorizerPayloadFormatVersion != "1.0" {
		return plainjson.Marshal(authorizerEvent2{
			event2: g.version2(r.Request, nil, g.addressOf(r)), Type: "REQUEST", RouteARN: arn, IdentitySource: values,
		})
	}
	event := authorizerEvent1{
		event1OfHTTP: event1OfHTTP{Version: "1.0", event1: g.httpEvent1(r)},
		Type:         "REQUEST", MethodARN: arn,
		IdentitySource: strings.Join(values, ","), AuthorizationToken: strings.Join(values, ","),
	}
	event.RequestContext.Authorizer = nil
	return plainjson.Marshal(event)
}

// decision reads what a function has decided on a request, and the context for the event of the route's function.
func decision(answer []byte, simple bool, arn string) (allowed bool, context map[string]any, err error) {
	if simple {
		var response struct {
			IsAuthorized *bool          `json:"isAuthorized"`
			Context      map[string]any `json:"context"`
		}
		if err := json.Unmarshal(answer, &response); err != nil {
			return false, nil, fmt.Errorf("the authorizer's response is not a simple one: %w", err)
		}
		if response.IsAuthorized == nil {
			return false, nil, fmt.Errorf("the authorizer's response %s has no isAuthorized: set it, or clear "+
				"EnableSimpleResponses", answer)
		}
		return *response.IsAuthorized, response.Context, nil
	}
	var response policy
	if err := json.Unmarshal(answer, &response); err != nil {
		return false, nil, fmt.Errorf("the authorizer's response is not a policy: %w", err)
	}
	if len(response.PolicyDocument.Statement) == 0 {
		return false, nil, fmt.Errorf("the authorizer's response %s has no policyDocument with a Statement", answer)
	}
	return response.allows(arn), response.context(), nil
}
