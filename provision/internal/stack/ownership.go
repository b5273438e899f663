package stack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// TagPrefix is how the tags begin that say what made a stack.
const TagPrefix = "io:gosparta:"

// The tags by which a stack is known to be an application's own.
const (
	HomeTag        = TagPrefix + "home"
	ApplicationTag = TagPrefix + "application"
)

// Ownership says whose a live stack is.
type Ownership int

// The kinds of ownership.
const (
	Ours     Ownership = iota
	foreign            // another application's, or not made by this module at all
	unmarked           // made by this module before it had ApplicationTag
)

// OwnershipOf says by a stack's tags whose it is. The reason is for the user, and empty for a stack that belongs to the
// application.
func OwnershipOf(tags map[string]string, application string) (of Ownership, reason string) {
	owner, marked := tags[ApplicationTag]
	_, home := tags[HomeTag]
	switch {
	case !marked && !home:
		return foreign, fmt.Sprintf("it has no tag %s, so something else made it", HomeTag)
	case !home:
		return foreign, fmt.Sprintf("it has no tag %s, which every stack made by cgo:provision has", HomeTag)
	case !marked:
		return unmarked, fmt.Sprintf("it has no tag %s to say whose it is", ApplicationTag)
	case owner != application:
		return foreign, fmt.Sprintf("it belongs to the application %s (if that is this application's former name, "+
			"adopt the stack)", owner)
	}
	return Ours, ""
}

// maxTagValue is AWS's limit, in characters.
const maxTagValue = 256

// ApplicationTagValue is the value of ApplicationTag: the main package's import path, which begins with the module's,
// and the service. Where a tag cannot hold all of it, a hash replaces the rest, so that two applications do not
// have the same value.
func ApplicationTagValue(mainPackage, service string) string {
	value := mainPackage + ":" + service
	fitting := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.Z, unicode.N) || strings.ContainsRune("_.:/=+-@", r) {
			return r
		}
		return '_'
	}, value)
	if fitting == value && utf8.RuneCountInString(value) <= maxTagValue {
		return value
	}
	sum := sha256.Sum256([]byte(value))
	hash := "@" + hex.EncodeToString(sum[:8])
	runes := []rune(fitting)
	return string(runes[:min(len(runes), maxTagValue-len(hash))]) + hash
}

// Foreign is the error about a stack that does not belong to this application. Nothing was done to it.
type Foreign struct {
	Stack       string
	Application string // that claims it
	Reason      string
	Created     time.Time         // zero if it is not known
	Tags        map[string]string // of the stack
}

func (f *Foreign) Error() string {
	var facts []string
	if !f.Created.IsZero() {
		facts = append(facts, "created "+f.Created.UTC().Format(time.RFC3339))
	}
	for _, key := range slices.Sorted(maps.Keys(f.Tags)) {
		if strings.HasPrefix(key, TagPrefix) {
			facts = append(facts, key+"="+f.Tags[key])
		}
	}
	known := ""
	if len(facts) > 0 {
		known = " [" + strings.Join(facts, ", ") + "]"
	}
	return fmt.Sprintf("stack %s does not belong to application %s, and nothing was changed: %s%s: "+
		"choose another name with -stack (SPARTA_STACK), or, to change this stack anyway, "+
		"repeat its name with -adopt=%s",
		f.Stack, f.Application, f.Reason, known, f.Stack)
}
