package delivery

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// CheckInput returns an error if a text is not JSON, or too long. Intrinsics are known to AWS only.
func CheckInput(field string, input any, limit int) error {
	text, ok := expression.Text(input)
	switch {
	case !ok:
		return Required(field, input, "text with JSON")
	case len(text) > limit:
		return fmt.Errorf("%s has %d characters: use at most %d", field, len(text), limit)
	case !json.Valid([]byte(text)):
		return fmt.Errorf("%s %s is not JSON: use for example {\"key\": \"value\"}, or \"text\" in quotes", field, text)
	}
	return nil
}

var (
	placeholder = regexp.MustCompile(`<([A-Za-z0-9_.-]+)>`)
	variable    = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

// checkTransformer returns an error if the template uses a value that the paths do not define.
func checkTransformer(transformer *sparta.EventBridgeInputTransformer) error {
	const field = "RuleTarget.InputTransformer"
	if transformer.InputTemplate == "" {
		return fmt.Errorf("%s.InputTemplate is missing: set it to the function's event, with <name> for each value of "+
			"InputPathsMap", field)
	}
	for _, name := range slices.Sorted(maps.Keys(transformer.InputPathsMap)) {
		if path := transformer.InputPathsMap[name]; !strings.HasPrefix(path, "$") {
			return fmt.Errorf("%s.InputPathsMap.%s %q is not a JSON path: use $.detail, for example", field, name, path)
		}
		if !variable.MatchString(name) {
			return fmt.Errorf("%s.InputPathsMap has the name %q: use letters, digits, _ and -", field, name)
		}
		if strings.HasPrefix(name, "AWS") {
			return fmt.Errorf("%s.InputPathsMap.%s: names that begin with AWS are reserved: use another one", field,
				name)
		}
	}
	for _, match := range placeholder.FindAllStringSubmatch(transformer.InputTemplate, -1) {
		if _, known := transformer.InputPathsMap[match[1]]; !known && !strings.HasPrefix(match[1], "aws.events.") {
			return fmt.Errorf("%s.InputTemplate has <%s>, which InputPathsMap does not define: add it there", field,
				match[1])
		}
	}
	return nil
}
