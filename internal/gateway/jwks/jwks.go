// Package jwks verifies the signatures of JSON Web Tokens with a set of public keys in a file, as API Gateway does with
// those of a token's issuer. The standard library has all that this needs: API Gateway accepts RSA only.
package jwks

import (
	"crypto"
	"crypto/rsa"
	_ "crypto/sha256" // for the algorithms
	_ "crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
)

// Set is a set of public keys, by their IDs.
type Set map[string]*rsa.PublicKey

// key is a key of a JSON Web Key Set.
type key struct {
	Type     string `json:"kty"`
	ID       string `json:"kid"`
	Use      string `json:"use"`
	Modulus  string `json:"n"`
	Exponent string `json:"e"`
}

const (
	limit     = 256 << 10 // of a key set, which is read for each token; those of issuers have a few KB
	leastBits = 1024      // of keys with which package rsa verifies
)

// Read reads a JSON Web Key Set from a file. Keys that cannot sign tokens for API Gateway are left out; at least one
// has to remain.
func Read(path string) (Set, error) {
	text, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key set: %w", err)
	}
	var document struct {
		Keys []key `json:"keys"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		if errors.As(err, new(*json.UnmarshalTypeError)) { // its text is about the code here
			err = errors.New("it is not an object with a list of keys")
		}
		return nil, fmt.Errorf("read the key set %s: %w: use a JSON Web Key Set, such as that at the issuer's jwks_uri",
			path, err)
	}
	set := Set{}
	for i, one := range document.Keys {
		if one.Type != "RSA" || one.ID == "" || one.Use == "enc" {
			continue
		}
		public, err := one.public()
		if err != nil {
			return nil, fmt.Errorf("read key %d (%s) of the key set %s: %w", i+1, one.ID, path, err)
		}
		set[one.ID] = public
	}
	if len(set) == 0 {
		return nil, fmt.Errorf("the key set %s has no key that API Gateway would use: it needs one in keys with the "+
			"kty RSA and a kid", path)
	}
	return set, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && len(text) > limit {
		err = fmt.Errorf("%s is larger than %d KB: leave only the keys in it that sign tokens", path, limit>>10)
	}
	return text, err
}

func (k key) public() (*rsa.PublicKey, error) {
	modulus, err := base64.RawURLEncoding.DecodeString(k.Modulus)
	if err != nil {
		return nil, fmt.Errorf("n is not base64url: %w", err)
	}
	exponent, err := base64.RawURLEncoding.DecodeString(k.Exponent)
	if err != nil {
		return nil, fmt.Errorf("e is not base64url: %w", err)
	}
	e := new(big.Int).SetBytes(exponent)
	if len(modulus) == 0 || !e.IsInt64() || e.Int64() < 3 || e.Int64() > 1<<31-1 {
		return nil, errors.New("n and e are not those of an RSA key")
	}
	n := new(big.Int).SetBytes(modulus)
	if n.BitLen() < leastBits {
		return nil, fmt.Errorf("it has %d bits, and signatures of keys with less than %d are not accepted",
			n.BitLen(), leastBits)
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}, nil
}

// Verify returns an error unless one of the keys has signed a text. The algorithm and the key's ID are the token's.
func (s Set) Verify(algorithm, id, text string, signature []byte) error {
	hash, known := map[string]crypto.Hash{
		"RS256": crypto.SHA256, "RS384": crypto.SHA384, "RS512": crypto.SHA512,
	}[algorithm]
	if !known {
		return fmt.Errorf("signing method %s is invalid", algorithm)
	}
	public := s[id]
	if public == nil {
		return errors.New("the signing key of the token is unknown")
	}
	sum := hash.New()
	sum.Write([]byte(text))
	if err := rsa.VerifyPKCS1v15(public, hash, sum.Sum(nil), signature); err != nil {
		return errors.New("the signature of the token is invalid")
	}
	return nil
}
