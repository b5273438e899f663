package gateway

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// authorizeREST checks that a request has the API key that its method requires, and asks the method's authorizer. It
// keeps the authorizer's result for the function's event. It reports whether the function may be invoked; if not, it
// has answered the request. Any key is accepted. Functions that are not the service's and authorizers that hooks add
// are not asked.
func (g *Gateway) authorizeREST(w http.ResponseWriter, r *restRequest) bool {
	if g.Bypass {
		return true
	}
	for _, authorizer := range g.REST.API.Authorizers {
		if authorizer == nil || r.route.Method.Authorizer != any(authorizer.Name) {
			continue
		}
		values, ok := g.restIdentity(r, authorizer)
		switch {
		case !ok:
			writeMessage(w, http.StatusUnauthorized, unauthorized)
			return false
		case authorizer.Type == "COGNITO_USER_POOLS":
			if !g.checkPoolToken(w, r, authorizer, values[0]) {
				return false
			}
		case authorizer.FunctionArn == nil:
			if !g.askREST(w, r, authorizer, values[0]) {
				return false
			}
		}
	}
	if r.route.Method.APIKeyRequired && r.apiKey() == "" {
		writeMessage(w, http.StatusForbidden, forbidden)
		return false
	}
	return true
}

// restIdentity returns the values that an authorizer requires of a request, and reports whether the request has them.
func (g *Gateway) restIdentity(r *restRequest, authorizer *sparta.Authorizer) (values []string, ok bool) {
	sources := cmp.Or(authorizer.IdentitySource, "method.request.header.Authorization")
	for source := range strings.SplitSeq(sources, ",") {
		kind, name, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(source), "method.request."), ".")
		value := ""
		switch kind {
		case "header":
			value = r.Header.Get(name)
		case "querystring":
			value = r.URL.Query().Get(name)
		case "stageVariables":
			value = constants(g.REST.API.Stage.Variables)[name]
		case "context":
			value = map[string]string{
				"httpMethod": r.Method, "identity.sourceIp": sourceIP(r.Request), "identity.userAgent": r.UserAgent(),
				"path": r.path, "resourcePath": r.route.Path, "stage": g.REST.API.Stage.Name,
			}[name]
		}
		if value == "" {
			return nil, false
		}
		values = append(values, value)
	}
	if pattern := authorizer.IdentityValidationExpression; pattern != "" {
		compiled, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
		// An expression of Java that Go does not know is not checked.
		if err == nil && !compiled.MatchString(values[0]) {
			return nil, false
		}
	}
	return values, true
}

// checkPoolToken checks the time and the scopes of a token of a user pool and, if there is a key set, its signature and
// its pool.
func (g *Gateway) checkPoolToken(w http.ResponseWriter, r *restRequest, a *sparta.Authorizer, token string) bool {
	all, problem, err := g.readToken(token)
	if err != nil {
		g.Failed("", err)
		writeMessage(w, http.StatusInternalServerError, internal)
		return false
	}
	if problem != "" || g.KeySet != "" && !all.isOfPool(a.ProviderARNs) {
		writeMessage(w, http.StatusUnauthorized, unauthorized)
		return false
	}
	if expiry, given := all.seconds("exp"); !given || !g.Now().Before(expiry) {
		writeMessage(w, http.StatusUnauthorized, "The incoming token has expired")
		return false
	}
	if required := r.route.Method.AuthorizationScopes; len(required) > 0 && len(all.scopes(required)) == 0 {
		writeMessage(w, http.StatusUnauthorized, unauthorized)
		return false
	}
	r.authorizer = map[string]any{"claims": all.texts()}
	return true
}

// isOfPool reports whether a user pool has issued the token. Intrinsics, whose values only CloudFormation knows, are
// any pool.
func (c claims) isOfPool(arns []any) bool {
	issuer, _ := c["iss"].(string)
	return slices.ContainsFunc(arns, func(arn any) bool {
		text, isText := arn.(string)
		_, pool, _ := strings.Cut(text, "userpool/")
		return !isText || pool != "" && strings.HasSuffix(issuer, "/"+pool)
	})
}

// requestEvent is the event of an authorizer that receives the request, without its body.
type requestEvent struct {
	Type      string `json:"type"`
	MethodARN string `json:"methodArn"`
	event1
	Body            *string `json:"body,omitempty"`
	IsBase64Encoded bool    `json:"isBase64Encoded,omitempty"`
}

func (g *Gateway) restAuthorizerEvent(
	r *restRequest, authorizer *sparta.Authorizer, token, arn string,
) ([]byte, error) {
	if authorizer.Type == "TOKEN" {
		return plainjson.Marshal(map[string]string{"type": "TOKEN", "authorizationToken": token, "methodArn": arn})
	}
	return plainjson.Marshal(requestEvent{Type: authorizer.Type, MethodARN: arn, event1: g.restEvent1(r)})
}

// askREST invokes the function that decides on a request.
func (g *Gateway) askREST(w http.ResponseWriter, r *restRequest, authorizer *sparta.Authorizer, token string) bool {
	function := cmp.Or(authorizer.FunctionName(), g.REST.Function)
	arn := executeARN + g.REST.API.Stage.Name + "/" + r.Method + r.path
	event, err := g.restAuthorizerEvent(r, authorizer, token, arn)
	var answer []byte
	if err == nil {
		answer, err = g.Invoke(r.Context(), function, event)
	}
	var failed *FunctionError
	if errors.As(err, &failed) && failed.Message == unauthorized {
		writeMessage(w, http.StatusUnauthorized, unauthorized)
		return false
	}
	var response policy
	if err == nil {
		if err = json.Unmarshal(answer, &response); err != nil {
			err = fmt.Errorf("the authorizer's response is not a policy: %w", err)
		}
	}
	if err != nil {
		g.Failed(function, err)
		writeMessage(w, http.StatusInternalServerError, internal)
		return false
	}
	if !response.allows(arn) {
		writeDocument(w, http.StatusForbidden, map[string]string{
			"Message": "User is not authorized to access this resource",
		})
		return false
	}
	r.authorizer = map[string]any{}
	for name, value := range response.context() {
		r.authorizer[name] = fmt.Sprint(value)
	}
	return true
}

// mappedAuthorizer returns what default templates make of the authorizer's result.
func (r *restRequest) mappedAuthorizer() map[string]any {
	mapped := map[string]any{}
	for name, value := range r.authorizer {
		if name != "claims" {
			mapped[name] = value
		}
	}
	all, _ := r.authorizer["claims"].(map[string]string)
	if all["sub"] == "" {
		return mapped
	}
	usual := map[string]string{}
	for _, name := range apiroutes.UsualClaims() {
		if all[name] != "" {
			usual[name] = all[name]
		}
	}
	mapped["claims"] = usual
	return mapped
}
