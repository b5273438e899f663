package sparta

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// EdgeAssociation lets a distribution of CloudFront run a function at its edge locations. The function must have Edge.
type EdgeAssociation struct {
	// EventType says when the function runs: viewer-request, origin-request, origin-response or viewer-response, the
	// constants of package cloudfront.
	EventType string `json:"eventType"`
	// Distribution is the distribution: nil means that of the service's site, an intrinsic such as
	// cloudformation.Ref("Cdn") one that a hook adds to the template, or a parameter with an ID, and text is the ID
	// of one that exists already, for example EDFDVBD6EXAMPLE.
	Distribution any `json:"distribution,omitempty"`
	// PathPattern selects a cache behavior of the distribution, for example /images/*. Empty means the default one.
	// The distribution must have the behavior, except that of the site, to which it is added.
	PathPattern string `json:"pathPattern,omitempty"`
	// IncludeBody lets a function for viewer-request or origin-request events see the request's body.
	IncludeBody bool `json:"includeBody,omitempty"`
}

// maxPathPattern is CloudFront's limit, in characters.
const maxPathPattern = 255

var distributionPattern = pattern(`^[A-Z0-9]{8,32}$`)

// EdgeEventTypes are the types of events at edge locations.
func EdgeEventTypes() []string {
	return []string{"viewer-request", "origin-request", "origin-response", "viewer-response"}
}

// associationProblems returns errors for associations that are invalid in themselves.
func (o *LambdaFunctionOptions) associationProblems() []error {
	if len(o.EdgeAssociations) == 0 {
		return nil
	}
	var errs []error
	if !o.Edge {
		errs = append(errs, errors.New("function with EdgeAssociations has no Edge: set it, so that it is a function "+
			"for edge locations"))
	}
	seen := map[string]bool{}
	for i, association := range o.EdgeAssociations {
		place := fmt.Sprintln(association.Distribution, association.Pattern(), association.EventType)
		if seen[place] {
			errs = append(errs, fmt.Errorf("EdgeAssociations[%d] repeats another one: remove it", i))
		}
		seen[place] = true
		for _, err := range association.problems() {
			errs = append(errs, fmt.Errorf("EdgeAssociations[%d].%w", i, err))
		}
	}
	return errs
}

func (a EdgeAssociation) problems() []error {
	var errs []error
	switch {
	case !slices.Contains(EdgeEventTypes(), a.EventType):
		errs = append(errs, fmt.Errorf("EventType %q is invalid: use %s", a.EventType,
			strings.Join(EdgeEventTypes(), ", ")))
	case a.IncludeBody && !strings.HasSuffix(a.EventType, "-request"):
		errs = append(errs, fmt.Errorf("IncludeBody with %s: only viewer-request and origin-request events have the "+
			"request's body, so remove it", a.EventType))
	}
	wrong := ""
	switch id, isText := expression.Text(a.Distribution); {
	case isText && !distributionPattern().MatchString(id):
		wrong = fmt.Sprintf("Distribution %q", id)
	case !isText && a.Distribution != nil && !expression.IsIntrinsic(a.Distribution):
		wrong = fmt.Sprintf("Distribution of type %T", a.Distribution)
	}
	if wrong != "" {
		errs = append(errs, fmt.Errorf("%s is invalid: use the ID of a distribution, for example EDFDVBD6EXAMPLE, or "+
			"cloudformation.Ref with its logical ID in the template", wrong))
	}
	switch pattern := a.PathPattern; {
	case pattern == "*", pattern == "/*" && a.Distribution == nil:
		errs = append(errs, fmt.Errorf("PathPattern %q is the default behavior: leave it empty", pattern))
	case len(pattern) > maxPathPattern, strings.ContainsFunc(pattern, isNotOfPattern):
		errs = append(errs, fmt.Errorf("PathPattern %q is invalid: use up to %d letters, digits and %s", pattern,
			maxPathPattern, patternCharacters))
	}
	return errs
}

// Pattern is the path pattern as CloudFront compares it: with or without a slash at its beginning, it is the same.
func (a EdgeAssociation) Pattern() string {
	if a.PathPattern == "/" {
		return a.PathPattern
	}
	return strings.TrimPrefix(a.PathPattern, "/")
}

// patternCharacters are what path patterns may have, besides letters and digits: "Cache behavior settings" in the
// Amazon CloudFront Developer Guide (November 2026).
const patternCharacters = `_-.*$/~"'@:+&?\`

func isNotOfPattern(char rune) bool {
	letter, digit := char|0x20 >= 'a' && char|0x20 <= 'z', char >= '0' && char <= '9'
	return !letter && !digit && !strings.ContainsRune(patternCharacters, char)
}
