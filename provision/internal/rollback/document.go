package rollback

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// document is a stack's template. What is not changed stays as it is.
type document struct {
	sections              map[string]json.RawMessage
	resources, parameters map[string]json.RawMessage
}

// maxParameterValue is CloudFormation's limit in bytes:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const maxParameterValue = 4096

// errNotJSON says that a stack's template is not one of this module's.
var errNotJSON = errors.New("its template is not the JSON that cgo:provision writes: provision the stack first")

func parse(text string) (*document, error) {
	d := &document{}
	if json.Unmarshal([]byte(text), &d.sections) != nil ||
		json.Unmarshal(d.sections["Resources"], &d.resources) != nil {
		return nil, errNotJSON
	}
	if section := d.sections["Parameters"]; section != nil && json.Unmarshal(section, &d.parameters) != nil {
		return nil, errNotJSON
	}
	return d, nil
}

// versionOf says which version an alias refers to: a version, or the logical ID of its resource.
func (d *document) versionOf(alias string) (version, resource string, err error) {
	var definition struct {
		Properties struct{ FunctionVersion json.RawMessage }
	}
	if err := json.Unmarshal(d.resources[alias], &definition); err != nil {
		return "", "", errNotJSON
	}
	text := definition.Properties.FunctionVersion
	var attribute struct {
		GetAtt []string `json:"Fn::GetAtt"`
	}
	if json.Unmarshal(text, &attribute) == nil && len(attribute.GetAtt) == 2 && attribute.GetAtt[1] == "Version" {
		return "", attribute.GetAtt[0], nil
	}
	if json.Unmarshal(text, &version) == nil && version != "" {
		return version, "", nil
	}
	return "", "", fmt.Errorf("the template sets FunctionVersion of %s to %s, which is not a version: "+
		"change it where it is set", alias, strings.TrimSpace(string(text)))
}

// move sets the version that an alias refers to: a string, or an intrinsic.
func (d *document) move(alias string, version any) error {
	var definition, properties map[string]json.RawMessage
	if json.Unmarshal(d.resources[alias], &definition) != nil ||
		json.Unmarshal(definition["Properties"], &properties) != nil {
		return errNotJSON
	}
	return errors.Join(
		set(properties, "FunctionVersion", version),
		set(definition, "Properties", properties),
		set(d.resources, alias, definition),
	)
}

// record says in the template which rollbacks there have been.
func (d *document) record(rollbacks []template.Rollback) error {
	if len(rollbacks) == 0 {
		delete(d.parameters, template.RollbacksParameter)
		return nil
	}
	if d.parameters == nil {
		d.parameters = map[string]json.RawMessage{}
	}
	value := template.FormatRollbacks(rollbacks)
	if len(value) > maxParameterValue {
		return fmt.Errorf("%d aliases would be rolled back at once, more than a parameter of the stack can record "+
			"(%d bytes): provision new code, which ends rollbacks, or move the alias with `aws lambda update-alias`",
			len(rollbacks), maxParameterValue)
	}
	return set(d.parameters, template.RollbacksParameter, map[string]string{
		"Type": "String", "Default": value, "Description": template.RollbacksDescription,
	})
}

func (d *document) marshal() ([]byte, error) {
	err := set(d.sections, "Resources", d.resources)
	if len(d.parameters) > 0 {
		err = errors.Join(err, set(d.sections, "Parameters", d.parameters))
	} else {
		delete(d.sections, "Parameters")
	}
	if err != nil {
		return nil, err
	}
	return plainjson.Marshal(d.sections)
}

func set(object map[string]json.RawMessage, key string, value any) error {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return fmt.Errorf("render %s: %w", key, err)
	}
	object[key] = text
	return nil
}
