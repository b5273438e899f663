package compat

import (
	"encoding/json"
	"fmt"

	gocf "github.com/mweagle/go-cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
)

// Resource returns a resource with properties of go-cloudformation, for decorators of this module.
func Resource(properties gocf.ResourceProperties) *cloudformation.Resource {
	resource := &cloudformation.Resource{Type: properties.CfnResourceType()}
	text, err := json.Marshal(properties)
	if err == nil {
		err = json.Unmarshal(text, &resource.Properties)
	}
	if err != nil {
		panic(fmt.Sprintf("properties of a resource of type %s: %v", resource.Type, err))
	}
	return resource
}
