package template

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// vpc is the private network that the function is in.
type vpc struct{ absent }

func (vpc) configure(f function, resource *cloudformation.Resource) {
	if c := f.options.VpcConfig; c != nil {
		resource.Properties["VpcConfig"] = map[string]any{
			"SecurityGroupIds": c.SecurityGroupIDs, "SubnetIds": c.SubnetIDs,
		}
	}
}

func (vpc) statements(f function) []map[string]any {
	if f.options.VpcConfig == nil {
		return nil
	}
	return []map[string]any{iam.Allow("*", // network interfaces have no ARN before they are created
		"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
		"ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses")}
}

func (vpc) facts(f function) []show.Fact {
	c := f.options.VpcConfig
	if c == nil {
		return nil
	}
	return []show.Fact{
		{Name: "Subnets", Value: strings.Join(show.Expressions(c.SubnetIDs), ", ")},
		{Name: "Security groups", Value: strings.Join(show.Expressions(c.SecurityGroupIDs), ", ")},
	}
}
