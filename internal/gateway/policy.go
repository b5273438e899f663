package gateway

import (
	"encoding/json"
	"path"
	"strings"
)

// policy is what a function that authorizes requests returns.
type policy struct {
	PrincipalID    string         `json:"principalId"`
	Context        map[string]any `json:"context"`
	PolicyDocument struct {
		Statement []statement
	} `json:"policyDocument"`
}

type statement struct {
	Effect           string
	Action, Resource list
}

// list is a text or a list of texts.
type list []string

// UnmarshalJSON accepts both.
func (l *list) UnmarshalJSON(document []byte) error {
	var text string
	if json.Unmarshal(document, &text) == nil {
		*l = list{text}
		return nil
	}
	return json.Unmarshal(document, (*[]string)(l))
}

// fits reports whether one of the patterns fits a text.
func (l list) fits(text string) bool {
	// A star fits slashes in policies, but not in path.Match.
	plain := strings.NewReplacer("/", "\x00", "[", `\[`, `\`, `\\`)
	for _, pattern := range l {
		if fits, err := path.Match(plain.Replace(pattern), strings.ReplaceAll(text, "/", "\x00")); fits && err == nil {
			return true
		}
	}
	return false
}

// allows reports whether a policy allows to invoke a route, given by its ARN.
func (p policy) allows(arn string) bool {
	allowed := false
	for _, statement := range p.PolicyDocument.Statement {
		if !statement.Action.fits("execute-api:Invoke") || !statement.Resource.fits(arn) {
			continue
		}
		if statement.Effect != "Allow" {
			return false
		}
		allowed = true
	}
	return allowed
}

// context returns what the event of the route's function has of a policy.
func (p policy) context() map[string]any {
	context := map[string]any{}
	for name, value := range p.Context {
		context[name] = value
	}
	if p.PrincipalID != "" {
		context["principalId"] = p.PrincipalID
	}
	return context
}

// executeARN is the beginning of the ARNs of all requests on this machine.
const executeARN = "arn:aws:execute-api:us-east-1:" + account + ":" + apiID + "/"
