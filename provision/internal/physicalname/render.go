package physicalname

import (
	"encoding/json"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// What names have instead of an account and of a region that is not known. No region's name is shorter.
const (
	anyAccount = "123456789012"
	anyRegion  = "sa-east-1"
)

// property returns the value at a path of names as JSON has it, or nil if there is none.
func property(properties map[string]any, path string) (any, error) {
	text, err := plainjson.Marshal(properties)
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value, nil
}

// render returns the text that a value results in, and reports whether that is known and contains the stack's name.
func (s Stack) render(value any) (text string, contains bool) {
	text, known, contains := s.evaluate(value)
	return text, known && contains
}

// evaluate returns the text that a value results in, and reports whether that is known, and whether it contains the
// stack's name.
func (s Stack) evaluate(value any) (text string, known, contains bool) {
	if text, isText := value.(string); isText {
		return text, true, false
	}
	object, _ := value.(map[string]any)
	if len(object) != 1 {
		return "", false, false
	}
	if name, isText := object["Ref"].(string); isText {
		text, known = s.pseudo(name)
		return text, known, name == stackName
	}
	if text, isText := object["Fn::Sub"].(string); isText {
		return s.substitute(text)
	}
	parts, _ := object["Fn::Join"].([]any)
	if len(parts) != 2 {
		return "", false, false
	}
	separator, isText := parts[0].(string)
	list, isList := parts[1].([]any)
	if !isText || !isList {
		return "", false, false
	}
	var texts []string
	for _, one := range list {
		text, known, has := s.evaluate(one)
		if !known {
			return "", false, false
		}
		texts, contains = append(texts, text), contains || has
	}
	return strings.Join(texts, separator), true, contains
}

// substitute does what Fn::Sub does.
func (s Stack) substitute(template string) (text string, known, contains bool) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "${")
		out.WriteString(before)
		if !found {
			return out.String(), true, contains
		}
		name, after, _ := strings.Cut(rest, "}")
		value, known := s.pseudo(name)
		if literal, isLiteral := strings.CutPrefix(name, "!"); isLiteral {
			value, known = "${"+literal+"}", true
		}
		if !known {
			return "", false, false
		}
		out.WriteString(value)
		template, contains = after, contains || name == stackName
	}
}

const stackName = "AWS::StackName"

// pseudo returns the value of a pseudo parameter of CloudFormation, and reports whether it is known.
func (s Stack) pseudo(name string) (value string, known bool) {
	switch name {
	case stackName:
		return s.Name, true
	case "AWS::Region":
		if s.Region == "" {
			return anyRegion, true
		}
		return s.Region, true
	case "AWS::AccountId":
		return anyAccount, true
	}
	return "", false
}
