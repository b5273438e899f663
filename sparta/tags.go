package sparta

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const maxTags = 50

var tagPattern = pattern(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// ValidateTags returns an error, with a line for each problem, if AWS would not accept a resource's tags.
func ValidateTags(tags map[string]string) error { return errors.Join(tagProblems(tags)...) }

func tagProblems(tags map[string]string) []error {
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if len(tags) > maxTags {
		report("%d tags are too many: use up to %d", len(tags), maxTags)
	}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		length := utf8.RuneCountInString(key)
		switch {
		case length < 1 || length > 128 || !tagPattern().MatchString(key):
			report("tag %q has an invalid name: use 1 to 128 letters, digits, spaces and _.:/=+-@", key)
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			report("tag %s is reserved for AWS: choose a name that does not begin with aws:", key)
		case utf8.RuneCountInString(tags[key]) > 256 || !tagPattern().MatchString(tags[key]):
			report("tag %s has an invalid value: use up to 256 letters, digits, spaces and _.:/=+-@", key)
		}
	}
	return errs
}
