package sparta

import (
	"errors"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// dynamicReference is the beginning of text that CloudFormation replaces by a parameter or a secret.
const dynamicReference = "{{resolve:"

// IsDynamicReference reports whether the value of an environment variable is text with a dynamic reference,
// such as {{resolve:secretsmanager:shop/api-key}} or {{resolve:ssm:/shop/table}}, whose value only
// CloudFormation knows.
func IsDynamicReference(value any) bool {
	text, isText := expression.Text(value)
	return isText && strings.Contains(text, dynamicReference)
}

// validateDynamicReferences returns an error for references in text that CloudFormation would refuse or would
// not replace. The error does not contain the text.
func validateDynamicReferences(text string) error {
	for {
		_, rest, found := strings.Cut(text, dynamicReference)
		if !found {
			return nil
		}
		reference, after, closed := strings.Cut(rest, "}}")
		service, name, _ := strings.Cut(reference, ":")
		switch {
		case !closed:
			return errors.New("has an unterminated dynamic reference: write it as {{resolve:ssm:name}}")
		case service == "ssm-secure":
			return errors.New("refers to a secure string, which CloudFormation does not pass to functions: " +
				"use Secrets Manager, or let the function read the parameter")
		case service != "ssm" && service != "secretsmanager":
			return errors.New("has a dynamic reference to an unknown service: use ssm or secretsmanager")
		case name == "":
			return errors.New("has a dynamic reference without a name: name a parameter or a secret")
		}
		text = after
	}
}
