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

// TagPrefix is that of the tags that tell what made a stack.
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
	unmarked           // made by this module before it had applicationTag
)

// OwnershipOf reads a stack's tags. The reason is for the user to read, and empty for a stack that is the
// application's.
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

// ApplicationMark is the value of applicationTag: the main package's import path, which begins with the module's,
// and the service. Where a tag cannot hold all of it, a hash stands for the rest, so that two applications do not
// have the same mark.
func ApplicationMark(mainPackage, service string) string {
	mark := mainPackage + ":" + service
	fitting := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.Z, unicode.N) || strings.ContainsRune("_.:/=+-@", r) {
			return r
		}
		return '_'
	}, mark)
	if fitting == mark && utf8.RuneCountInString(mark) <= maxTagValue {
		return mark
	}
	sum := sha256.Sum256([]byte(mark))
	hash := "@" + hex.EncodeToString(sum[:8])
	runes := []rune(fitting)
	return string(runes[:min(len(runes), maxTagValue-len(hash))]) + hash
}

// Foreign is the error about a stack that is not this application's. Nothing was done to it.
type Foreign struct {
	Stack       string
	Application string // what asked for the stack
	Reason      string
	Created     time.Time         // zero if not known
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
	return fmt.Sprintf("stack %s is not the stack of application %s, and nothing was changed: %s%s: "+
		"choose another name with -stack (SPARTA_STACK), or, if this stack is to be changed all the same, "+
		"repeat its name with -adopt=%s",
		f.Stack, f.Application, f.Reason, known, f.Stack)
}
