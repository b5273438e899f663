package template

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// SumsParameter is a parameter that holds the sums of those secret parameters that published versions depend on.
// CloudFormation never shows the secrets, so this is how a later deployment that keeps them recognizes them.
const SumsParameter = "SpartaSecretSums"

// sumIterations make guessing a secret from its sum expensive.
const sumIterations = 100_000

// Sum identifies a value of a stack's parameter. Neither the value nor whether another parameter or stack has the same
// value can be read from it.
func Sum(stack, parameter, value string) string {
	key, err := pbkdf2.Key(sha256.New, value, []byte("sparta/"+stack+"/"+parameter), sumIterations, 16)
	if err != nil {
		return "" // in FIPS mode, of a value that is too short for a key
	}
	return hex.EncodeToString(key)
}

// addSums declares SumsParameter for secrets that functions' versions depend on.
func addSums(template *cloudformation.Template, secrets []string, values map[string]string) {
	if len(secrets) == 0 {
		return
	}
	slices.Sort(secrets)
	var sums []string
	for _, name := range slices.Compact(secrets) {
		sums = append(sums, name+"="+values[name])
	}
	value := strings.Join(sums, ",")
	template.Parameters[SumsParameter] = cloudformation.Parameter{
		Type:        "String",
		Default:     &value,
		Description: "Whether secrets have changed, for the versions of functions",
	}
}

// ReadSums reads a value of SumsParameter: sums by name.
func ReadSums(text string) map[string]string {
	sums := map[string]string{}
	for entry := range strings.SplitSeq(text, ",") {
		if name, sum, ok := strings.Cut(entry, "="); ok {
			sums[name] = sum
		}
	}
	return sums
}
