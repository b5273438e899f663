package sparta

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// Permissions is a list of permissions that can be read and written as JSON: each is an object whose only key is the
// name of the permission's type, such as {"SNSPermission": {"sourceArn": "arn:…"}}.
type Permissions []LambdaPermissionExporter

// MarshalJSON renders the permissions with their types.
func (p Permissions) MarshalJSON() ([]byte, error) {
	list := make([]map[string]LambdaPermissionExporter, 0, len(p))
	for i, permission := range p {
		if err := isPermissionValue(permission); err != nil {
			return nil, fmt.Errorf("permission %d: %w", i+1, err)
		}
		list = append(list, map[string]LambdaPermissionExporter{permissionKind(permission): permission})
	}
	return plainjson.Marshal(list)
}

// UnmarshalJSON reads what MarshalJSON renders. It returns an error for types and fields that are unknown.
func (p *Permissions) UnmarshalJSON(text []byte) error {
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	types := permissionTypes()
	*p = nil
	for i, entry := range list {
		for name, fields := range entry {
			kind, known := types[name]
			if !known || len(entry) > 1 {
				return fmt.Errorf("permission %d is not one of %s", i+1, permissionNames())
			}
			value := reflect.New(kind)
			decoder := json.NewDecoder(bytes.NewReader(fields))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(value.Interface()); err != nil {
				return fmt.Errorf("permission %d (%s): %w", i+1, name, err)
			}
			permission, _ := value.Elem().Interface().(LambdaPermissionExporter)
			*p = append(*p, permission)
		}
	}
	return nil
}
