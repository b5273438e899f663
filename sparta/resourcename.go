package sparta

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
)

// CloudFormationResourceName returns a logical ID for a resource: the prefix, then a hash of the prefix and the parts,
// with x in place of what logical IDs cannot have. The result is the original's, so that an application keeps the
// resources of its stack. Only without parts does it differ: the original's name is then another one in each run, which
// replaces the resource, and this one is always the same.
func CloudFormationResourceName(prefix string, parts ...string) string {
	hash := sha1.Sum([]byte(prefix + strings.Join(parts, "")))
	words := strings.FieldsFunc(prefix, func(c rune) bool { return !isLetterOrDigit(c) })
	name := strings.Join(words, "x")
	if prefix != "" && !isLetterOrDigit(rune(prefix[0])) {
		name = "x" + name
	}
	if prefix != "" && !isLetterOrDigit(rune(prefix[len(prefix)-1])) && len(words) > 0 {
		name += "x"
	}
	return name + hex.EncodeToString(hash[:])
}

func isLetterOrDigit(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
