package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/sparta"
)

// claims are what a JSON Web Token says. Its signature is not verified here.
type claims map[string]any

// readToken reads the claims of a token, which may follow the word Bearer.
func readToken(token string) (claims, bool) {
	if kind, rest, found := strings.Cut(token, " "); found && strings.EqualFold(kind, "Bearer") {
		token = rest
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, false
	}
	var header, all claims
	if !header.read(parts[0]) || !all.read(parts[1]) {
		return nil, false
	}
	return all, true
}

// read reads a part of a token, and reports whether it is an object of JSON and nothing else.
func (c *claims) read(part string) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil || !json.Valid(text) {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(c) == nil && *c != nil
}

// problem returns why an authorizer does not accept a token, or nothing if it does. Intrinsics in the settings, whose
// values only CloudFormation knows, accept every token.
func (c claims) problem(settings *sparta.JWTConfiguration, now time.Time) string {
	if settings == nil {
		return "the authorizer has no JWTConfiguration"
	}
	if issuer, isText := settings.Issuer.(string); isText && c["iss"] != any(issuer) {
		return "the issuer of the token is invalid"
	}
	if !c.hasAudience(settings.Audience) {
		return "the token does not have a valid audience"
	}
	if expiry, given := c.seconds("exp"); !given || !now.Before(expiry) {
		return "the token has expired"
	}
	if begin, given := c.seconds("nbf"); given && now.Before(begin) {
		return "the token is not valid yet"
	}
	return ""
}

// hasAudience reports whether the token is for one of the audiences. A token without aud is for its client.
func (c claims) hasAudience(audiences []any) bool {
	given := c.list("aud")
	if len(given) == 0 {
		given = c.list("client_id")
	}
	return slices.ContainsFunc(audiences, func(audience any) bool {
		text, isText := audience.(string)
		return !isText || slices.Contains(given, text)
	})
}

// list returns the texts of a claim.
func (c claims) list(name string) []string {
	switch value := c[name].(type) {
	case string:
		return []string{value}
	case []any:
		var texts []string
		for _, item := range value {
			texts = append(texts, fmt.Sprint(item))
		}
		return texts
	}
	return nil
}

func (c claims) seconds(name string) (time.Time, bool) {
	number, ok := c[name].(json.Number)
	if !ok {
		return time.Time{}, false
	}
	value, err := number.Float64()
	return time.Unix(int64(value), 0), err == nil
}

// scopes returns those of the token that a route requires.
func (c claims) scopes(required []string) []string {
	var given []string
	for _, name := range []string{"scope", "scp"} {
		for _, text := range c.list(name) {
			given = append(given, strings.Fields(text)...)
		}
	}
	return slices.DeleteFunc(given, func(scope string) bool { return !slices.Contains(required, scope) })
}

// texts returns the claims as events have them: each is a text.
func (c claims) texts() map[string]string {
	texts := map[string]string{}
	for name, value := range c {
		switch value := value.(type) {
		case []any:
			texts[name] = fmt.Sprint(value) // [a b], as API Gateway has it
		case map[string]any, nil:
			document, _ := json.Marshal(value)
			texts[name] = string(document)
		default:
			texts[name] = fmt.Sprint(value)
		}
	}
	return texts
}
