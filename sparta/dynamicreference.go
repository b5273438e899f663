package sparta

import (
	"errors"
	"reflect"
	"strings"
)

// dynamicReference begins what CloudFormation replaces with a parameter or a secret when it deploys.
const dynamicReference = "{{resolve:"

// IsDynamicReference reports whether the value of an environment variable is a text with a dynamic
// reference, such as {{resolve:secretsmanager:shop/api-key}} or {{resolve:ssm:/shop/table}}, whose value
// CloudFormation alone knows.
func IsDynamicReference(value any) bool {
	text := reflect.ValueOf(value)
	return text.Kind() == reflect.String && strings.Contains(text.String(), dynamicReference)
}

// validateDynamicReferences checks a text for references that CloudFormation would refuse, or would
// leave as they are for the function to find. Its error does not have the text.
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
			return errors.New("has a dynamic reference without an end: write it as {{resolve:ssm:name}}")
		case service == "ssm-secure":
			return errors.New("refers to a secure string, which CloudFormation does not hand to functions: " +
				"keep it in Secrets Manager, or let the function read it")
		case service != "ssm" && service != "secretsmanager":
			return errors.New("has a dynamic reference to an unknown service: use ssm or secretsmanager")
		case name == "":
			return errors.New("has a dynamic reference to nothing: name a parameter or a secret")
		}
		text = after
	}
}
