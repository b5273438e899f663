package sparta

import (
	"errors"
	"fmt"
	"slices"
)

// LambdaFunctionVPCConfig attaches a function to a VPC.
type LambdaFunctionVPCConfig struct {
	SecurityGroupIDs []any `json:"securityGroupIds,omitempty"`
	SubnetIDs        []any `json:"subnetIds,omitempty"`
}

func (c *LambdaFunctionVPCConfig) validate() error {
	if c == nil {
		return nil
	}
	if len(c.SecurityGroupIDs) == 0 || len(c.SubnetIDs) == 0 {
		return errors.New("VPC is incomplete: set at least one security group and one subnet")
	}
	for _, id := range slices.Concat(c.SecurityGroupIDs, c.SubnetIDs) {
		if !isExpression(id) {
			return fmt.Errorf("VPC has an id of type %T: use a string or a CloudFormation intrinsic", id)
		}
	}
	return nil
}
