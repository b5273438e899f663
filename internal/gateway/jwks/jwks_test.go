package jwks_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gateway/jwks"
)

// set returns a key set with a key whose modulus has a number of bytes.
func set(bytes int, more string) string {
	n := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("\xff", bytes)))
	return fmt.Sprintf(`{"keys":[{"kty":"RSA","kid":"a","n":%q,"e":"AQAB"%s}]}`, n, more)
}

func TestRead(t *testing.T) {
	for name, test := range map[string]struct{ text, problem string }{
		"a key":             {set(256, ""), ""},
		"a private key":     {set(256, `,"d":"AQAB"`), ""},
		"nothing":           {"", "unexpected end of JSON input"},
		"another format":    {"-----BEGIN PUBLIC KEY-----", "use a JSON Web Key Set"},
		"a list":            {"[]", "it is not an object with a list of keys: use a JSON Web Key Set"},
		"a text":            {`{"keys":"canary"}`, "it is not an object with a list of keys: use a JSON Web Key Set"},
		"null":              {"null", "has no key that API Gateway would use"},
		"no keys":           {`{"keys":[]}`, "has no key that API Gateway would use"},
		"an elliptic curve": {`{"keys":[{"kty":"EC","kid":"a"}]}`, "has no key that API Gateway would use"},
		"no ID":             {`{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}`, "has no key that API Gateway would"},
		"no number":         {`{"keys":[{"kty":"RSA","kid":"a","n":"!","e":"AQAB"}]}`, "read key 1 (a)"},
		"no exponent":       {`{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQ"}]}`, "are not those of an RSA key"},
		"a short key":       {set(64, ""), "it has 512 bits, and signatures of keys with less than 1024"},
		"a large file":      {set(256, "") + strings.Repeat(" ", 256<<10), "is larger than 256 KB"},
	} {
		path := filepath.Join(t.TempDir(), "jwks.json")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := jwks.Read(path)
		if test.problem == "" && (err != nil || got["a"] == nil) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if test.problem != "" && (err == nil || !strings.Contains(err.Error(), test.problem) ||
			strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "jwks.key")) {
			t.Errorf("%s: the error is %v, want %q", name, err, test.problem)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, err := jwks.Read(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error is %v", path, err)
		}
	}
}

// Keys that API Gateway does not use are left out.
func TestReadKeepsTheKeysOfSignatures(t *testing.T) {
	n := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("\xff", 256)))
	text := fmt.Sprintf(`{"keys":[{"kty":"EC","kid":"ec"},{"kty":"RSA","use":"enc","kid":"enc"},
		{"kty":"RSA","kid":"none","use":"sig","n":%q,"e":"AQAB"},{"kty":"RSA","kid":"any","n":%q,"e":"Aw"}]}`, n, n)
	path := filepath.Join(t.TempDir(), "jwks.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := jwks.Read(path)
	if err != nil || len(found) != 2 || found["none"] == nil || found["any"] == nil {
		t.Fatalf("got %v, %v", found, err)
	}
	if found["none"].E != 65537 || found["any"].E != 3 {
		t.Errorf("the exponents are %d and %d", found["none"].E, found["any"].E)
	}
}
