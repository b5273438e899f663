package template

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestPoliciesOfRolesHaveALimit(t *testing.T) {
	privileges := func(count int, resource any) (list []sparta.IAMRolePrivilege) {
		for range count {
			list = append(list, sparta.IAMRolePrivilege{Actions: []string{"s3:GetObject"}, Resource: resource})
		}
		return list
	}
	for name, c := range map[string]struct {
		privileges []sparta.IAMRolePrivilege
		want       string
	}{
		"few":                           {privileges(50, "arn:aws:s3:::bucket/*"), ""},
		"many":                          {privileges(150, "arn:aws:s3:::bucket/*"), "over IAM's 10240"},
		"white space, which is free":    {privileges(1, strings.Repeat(" ", 11000)), ""},
		"what is not known yet is free": {privileges(100, cloudformation.Ref(strings.Repeat("Q", 200))), ""},
		"a Sub is as long as its text": {
			privileges(50, cloudformation.Sub("${AWS::Partition}"+strings.Repeat("x", 200))), "over IAM's 10240",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := testFunction("f", sparta.IAMRoleDefinition{Privileges: c.privileges}, nil)
			_, err := New(testService(f), testPackage, testCode)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

// A VPC's lists may be one intrinsic each, such as a parameter that is a list.
func TestListsOfAVPCThatAreOneIntrinsic(t *testing.T) {
	subnets := cloudformation.Ref("Subnets")
	f := testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
		o.VpcConfig = &sparta.LambdaFunctionVPCConfig{SecurityGroupIDs: []string{"sg-12345678"}, SubnetIDs: subnets}
	})
	template, err := New(testService(f), testPackage, testCode)
	if err != nil {
		t.Fatal(err)
	}
	vpc := template.Resources["FFunction"].Properties["VpcConfig"].(map[string]any)
	if got := fmt.Sprint(vpc["SubnetIds"], vpc["SecurityGroupIds"]); got != "Subnets[sg-12345678]" {
		t.Errorf("VPC has %s", got)
	}
}
