package template

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// unversioned are the properties of a function that its versions do not have.
var unversioned = []string{"Tags", "ReservedConcurrentExecutions", "RecursiveLoop"}

// identifyVersion sets the logical ID of the version to publish. It is new whenever Lambda would publish a new version:
// a version never changes, and Lambda rejects one that is like its predecessor. So it depends on the code, wherever in
// S3 that is, on the settings that versions keep, and on what these refer to.
//
// What another resource's attribute will be is not known before the deployment. So the ID depends on that resource's
// definition, and the function's description contains a sum of all that its settings refer to: with the ID, the
// function changes.
//
// Names and ARNs of the service's other functions follow from their names, whatever their definitions are: siblings has
// those names, by the logical IDs of the functions' resources.
func (f *function) identifyVersion(
	template *cloudformation.Template, values, siblings map[string]string,
) error {
	kept := f.resource().Properties
	for _, property := range unversioned {
		delete(kept, property)
	}
	f.normalize(kept)
	settings, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("render its settings: %w", err)
	}
	referred, secrets, err := f.referred(template, values, siblings, kept)
	if err != nil {
		return err
	}
	f.secrets = secrets
	if len(referred) > 0 {
		f.referredSum = shortSum(referred)
		settings = append(settings, f.referredSum...)
	}
	f.versionID = f.id + "Version" + shortSum(append(settings, f.pkg.SHA256...))
	return nil
}

func shortSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// normalize removes settings that are Lambda's defaults, and orders what has no order: the same configuration may be
// written in several ways.
func (f *function) normalize(properties map[string]any) {
	for property, settings := range map[string]map[string]any{
		"EphemeralStorage": {"Size": int64(sparta.DefaultEphemeralStorage)},
		"SnapStart":        {"ApplyOn": "None"},
		"TracingConfig":    {"Mode": "PassThrough"},
		"DurableConfig":    {"RetentionPeriodInDays": int64(14)},
		"LoggingConfig": {
			"LogFormat":           "Text",
			"ApplicationLogLevel": "INFO",
			"SystemLogLevel":      "INFO",
			"LogGroup":            "/aws/lambda/" + FunctionName(f.stack, f.info.Name()),
		},
	} {
		given, ok := properties[property].(map[string]any)
		for name, value := range settings {
			if ok && given[name] == value {
				delete(given, name)
			}
		}
		if ok && len(given) == 0 {
			delete(properties, property)
		}
	}
	if vpc, ok := properties["VpcConfig"].(map[string]any); ok {
		for name, list := range vpc {
			vpc[name] = sorted(list)
		}
	}
	if role := f.info.RoleName; role != "" {
		properties["Role"] = roleResource(role) // by its ARN or by its name
	}
}

// sorted is a list in the order of its entries' JSON. Anything else stays as it is.
func sorted(list any) any {
	values, ok := list.([]any)
	if !ok {
		return list
	}
	values = slices.Clone(values)
	sortByJSON(values)
	return values
}

func sortByJSON[V any](values []V) {
	slices.SortStableFunc(values, func(a, b V) int {
		one, _ := json.Marshal(a)
		other, _ := json.Marshal(b)
		return bytes.Compare(one, other)
	})
}

// referred is a text that changes when what the settings refer to may change: values of parameters, and definitions of
// resources. The secrets are those of the parameters that CloudFormation never shows.
func (f *function) referred(
	template *cloudformation.Template, values, siblings map[string]string, settings any,
) (text []byte, secrets []string, err error) {
	seen := map[string]bool{f.id + "Role": true, f.id + "LogGroup": true, string(f.ref()): true}
	var visit func(part any) error
	visit = func(part any) error {
		names, err := cloudformation.References(part)
		if err != nil {
			return fmt.Errorf("render its settings: %w", err)
		}
		for _, name := range names {
			if seen[name] || strings.HasPrefix(name, "AWS::") {
				continue
			}
			seen[name] = true
			if sibling, known := siblings[name]; known {
				text = fmt.Appendf(text, "%s %s\n", name, sibling)
				continue
			}
			if resource := template.Resources[name]; resource != nil {
				definition, err := json.Marshal(resource)
				if err != nil {
					return fmt.Errorf("render resource %s: %w", name, err)
				}
				text = fmt.Appendf(text, "%s %s\n", name, definition)
				if err := visit(resource.Properties); err != nil {
					return err
				}
				continue
			}
			parameter, declared := template.Parameters[name]
			value := values[name]
			if value == "" && parameter.Default != nil {
				value = Sum(f.stack, name, *parameter.Default)
			}
			text = fmt.Appendf(text, "%s %s\n", name, value)
			if values[name] != "" && (!declared || parameter.NoEcho) {
				secrets = append(secrets, name)
			}
		}
		return nil
	}
	return text, secrets, visit(settings)
}

// maxDescription is Lambda's limit, in characters.
const maxDescription = 256

// describeReferred adds the sum of what the settings refer to to the function's description.
func (f function) describeReferred(description string) string {
	if f.referredSum == "" {
		return description
	}
	return withMark(description, "[refers to "+f.referredSum+"]")
}

// withMark is a description that ends with a mark of ASCII characters. It is cut where Lambda would refuse it.
func withMark(description, mark string) string {
	if description != "" {
		mark = " " + mark
	}
	text := []rune(description)
	return string(text[:min(len(text), maxDescription-len(mark))]) + mark
}
