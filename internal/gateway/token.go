package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/gateway/jwks"
	"github.com/go-sparta/sparta/sparta"
)

// claims are what a JSON Web Token says.
type claims map[string]any

// readToken reads the claims of a token, which may follow the word Bearer. The problem is empty if it is well formed
// and, if there is a key set, one of its keys has signed the token. The error is that of the key set.
func (g *Gateway) readToken(token string) (all claims, problem string, err error) {
	if kind, rest, found := strings.Cut(token, " "); found && strings.EqualFold(kind, "Bearer") {
		token = rest
	}
	parts := strings.Split(token, ".")
	const malformed = "the token is malformed"
	var header claims
	if len(parts) != 3 || !header.read(parts[0]) || !all.read(parts[1]) {
		return nil, malformed, nil
	}
	if g.KeySet == "" {
		return all, "", nil
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, malformed, nil
	}
	keys, err := jwks.Read(g.KeySet) // now, because it may have changed
	if err != nil {
		return nil, "", err
	}
	algorithm, _ := header["alg"].(string)
	id, _ := header["kid"].(string)
	if err := keys.Verify(algorithm, id, parts[0]+"."+parts[1], signature); err != nil {
		return nil, err.Error(), nil
	}
	return all, "", nil
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
	if begin, given := c.seconds("nbf"); c["nbf"] != nil && (!given || now.Before(begin)) {
		return "the token is not valid yet"
	}
	if issued, given := c.seconds("iat"); c["iat"] != nil && (!given || now.Before(issued)) {
		return "the token is used before it was issued"
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

// seconds returns a time of the token, and reports whether it has that as a number. Times that no clock will show
// become one in the far future or past: larger numbers would overflow, and change sides.
func (c claims) seconds(name string) (time.Time, bool) {
	number, ok := c[name].(json.Number)
	if !ok {
		return time.Time{}, false
	}
	const most = 1 << 40
	value, err := number.Float64()
	return time.Unix(int64(max(-most, min(value, most))), 0), err == nil
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
