package original

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/existing"
)

// functionType is the type of Lambda functions.
const functionType = "AWS::Lambda::Function"

// goRuntime is the runtime for which Sparta 1.x deploys programs. Lambda no longer has it.
const goRuntime = "go1.x"

// ReadTemplate reads the template.
func (r *Rendered) ReadTemplate() (*cloudformation.Template, error) {
	content, err := os.ReadFile(r.Template)
	if err != nil {
		return nil, fmt.Errorf("read the template of the application's own Sparta: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	var document struct {
		AWSTemplateFormatVersion string
		cloudformation.Template
	}
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("%s: %w: only the sections and fields of package cloudformation are supported; "+
			"remove it in the hook or decorator that adds it", r.Template, err)
	}
	return &document.Template, nil
}

// Functions returns the names of the functions that Sparta dispatches on, with those in AWS. Functions for which
// CloudFormation chooses the name serve custom resources.
func Functions(template *cloudformation.Template) map[string]existing.Function {
	found := map[string]existing.Function{}
	for id, resource := range template.Resources {
		if !isGo(resource) {
			continue
		}
		name := text(resource.Properties["FunctionName"])
		if name == "" {
			continue
		}
		own := name
		if rest, ok := strings.CutPrefix(name, existing.StackName); ok {
			own = strings.TrimLeft(rest, "_-")
		}
		found[own] = existing.Function{LogicalID: id, Name: name}
	}
	return found
}

// packageKey returns the key of Sparta's package, such as Shop/Shop-code-1f2e.zip, or nothing if no function has it.
func packageKey(template *cloudformation.Template) string {
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		key := keyOf(template.Resources[id])
		if _, name, found := strings.Cut(key, "/"); found && strings.Contains(name, "-code") {
			return key
		}
	}
	return ""
}

// keyOf returns the key of the package of a function of goRuntime, or nothing.
func keyOf(resource *cloudformation.Resource) string {
	if !isGo(resource) {
		return ""
	}
	code, _ := resource.Properties["Code"].(map[string]any)
	key, _ := code["S3Key"].(string)
	return key
}

func isGo(resource *cloudformation.Resource) bool {
	return resource != nil && resource.Type == functionType && resource.Properties["Runtime"] == goRuntime
}

// text returns the text of a value, in which existing.StackName is the stack's name, or nothing if it refers to
// something else.
func text(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case map[string]any:
		if value["Ref"] == "AWS::StackName" {
			return existing.StackName
		}
		join, _ := value["Fn::Join"].([]any)
		if len(join) != 2 {
			return ""
		}
		separator, isText := join[0].(string)
		values, _ := join[1].([]any)
		var parts []string
		for _, part := range values {
			parts = append(parts, text(part))
		}
		if isText && !slices.Contains(parts, "") {
			return strings.Join(parts, separator)
		}
	}
	return ""
}
