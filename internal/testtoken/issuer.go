// Package testtoken issues tokens for tests of authorizers.
package testtoken

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"testing"
)

// Issuer signs tokens with the key whose ID is first.
type Issuer struct {
	Private *rsa.PrivateKey
	KeySet  string // the path of its public keys
}

// NewIssuer makes a key and writes a file with the public one, and with one of another kind.
func NewIssuer(t *testing.T) Issuer {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text, err := json.Marshal(map[string]any{"keys": []map[string]string{
		{"kty": "EC", "kid": "other", "crv": "P-256", "x": "AA", "y": "AA"},
		{
			"kty": "RSA", "kid": "first", "alg": "RS256", "use": "sig", "n": encode(private.N.Bytes()),
			"e": encode(big.NewInt(int64(private.E)).Bytes()),
		},
	}})
	path := filepath.Join(t.TempDir(), "jwks.json")
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return Issuer{private, path}
}

// Token returns a token with this header and these claims, both JSON, signed as RS256.
func (i Issuer) Token(t *testing.T, header, claims string) string {
	t.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(header)) + "." + encode([]byte(claims))
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, i.Private, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encode(signature)
}
