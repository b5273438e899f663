package documents

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	figure = regexp.MustCompile(`\b\d+(\.\d+)?\s?(ms|µs)\b|\d\s?×|\b\d+\.\d+ times\b|\b\d+\.\d+ s\b`)
	byHand = regexp.MustCompile(`^<!-- measured by hand: .+ -->$`)
)

// Strangers lists the figures of a document that are neither from results nor said to be measured by hand, which a
// comment says at the beginning of their section: "measured by hand: when and how". Outputs in code blocks do not
// count.
func Strangers(name, document string) []string {
	document = region.ReplaceAllStringFunc(document, keepLines)
	document = link.ReplaceAllStringFunc(document, func(string) string { return "" })
	var found []string
	code, said := false, false
	for i, line := range strings.Split(document, "\n") {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "```"):
			code = !code
		case code || strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t"):
		case strings.HasPrefix(line, "#"):
			said = false
		case byHand.MatchString(line):
			said = true
		case !said && figure.MatchString(line):
			found = append(found, fmt.Sprintf("%s:%d: %s", name, i+1, figure.FindString(line)))
		}
	}
	return found
}

// keepLines returns as many empty lines.
func keepLines(text string) string { return strings.Repeat("\n", strings.Count(text, "\n")) }
