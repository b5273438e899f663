package sparta

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// LambdaFunctionVPCConfig attaches a function to a VPC. Each of its settings is a list of IDs and CloudFormation
// intrinsics, such as []any{"subnet-1"}, or one intrinsic that is a list, such as a Ref to a parameter of type
// List<AWS::EC2::Subnet::Id>.
type LambdaFunctionVPCConfig struct {
	SecurityGroupIDs any `json:"securityGroupIds,omitempty"`
	SubnetIDs        any `json:"subnetIds,omitempty"`
}

func (c *LambdaFunctionVPCConfig) validate() error {
	if c == nil {
		return nil
	}
	return errors.Join(
		validateIDs("security group", "sg-", c.SecurityGroupIDs),
		validateIDs("subnet", "subnet-", c.SubnetIDs),
	)
}

// validateIDs checks the IDs of a VPC's security groups or subnets, which all begin in the same way.
func validateIDs(what, prefix string, ids any) error {
	list := reflect.ValueOf(ids)
	isList := list.Kind() == reflect.Slice
	switch {
	case ids == nil, isList && list.Len() == 0:
		return errors.New("VPC is incomplete: set at least one security group and one subnet")
	case !isList && expression.IsIntrinsic(ids):
		return nil
	case !isList:
		return fmt.Errorf("VPC's %ss are of type %T: use a list of IDs, or one CloudFormation intrinsic that is a list",
			what, ids)
	}
	for i := range list.Len() {
		id := list.Index(i).Interface()
		if !expression.Is(id) {
			return fmt.Errorf("VPC has an id of type %T: use a string or a CloudFormation intrinsic", id)
		}
		if text, isText := expression.Text(id); isText && !strings.HasPrefix(text, prefix) && !IsDynamicReference(id) {
			return fmt.Errorf("VPC's %s %q is not the ID of one: use for example %s12345678", what, text, prefix)
		}
	}
	return nil
}
