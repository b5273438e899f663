package sparta_test

import (
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestRoleProblems(t *testing.T) {
	read := []string{"s3:GetObject"}
	tests := map[string]struct {
		role any
		want string
	}{
		"a name":             {"my-role", ""},
		"a name with a path": {"service-role/my-role", ""},
		"an ARN":             {"arn:aws-us-gov:iam::123456789012:role/my-role", ""},
		"a name with a space": {
			"my role",
			`role name "my role" is invalid: ` +
				`use a name such as my-role, with its path if it has one, such as service-role/my-role`,
		},
		"a user's ARN": {
			"arn:aws:iam::123456789012:user/me",
			`role name "arn:aws:iam::123456789012:user/me" is invalid: ` +
				`use a name such as my-role, with its path if it has one, such as service-role/my-role`,
		},
		"a name that would be a Sub": {
			"${AWS::StackName}",
			`role name "${AWS::StackName}" is invalid: ` +
				`use a name such as my-role, with its path if it has one, such as service-role/my-role`,
		},
		"an ARN, an intrinsic and both": {
			sparta.IAMRoleDefinition{
				Privileges: []sparta.IAMRolePrivilege{
					{Actions: read, Resource: "*"},
					{Actions: read, Resource: cloudformation.GetAtt{"Bucket", "Arn"}},
					{Actions: read, Resource: []any{"arn:aws:s3:::bucket", cloudformation.GetAtt{"Bucket", "Arn"}}},
					{Actions: read, Resource: []string{"arn:aws:s3:::bucket"}},
				},
				PermissionsBoundary: cloudformation.Ref("Boundary"),
			},
			"",
		},
		"a privilege without a resource": {
			sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{Actions: read}}},
			"privilege 1 of its role has a resource of type <nil>: " +
				"use an ARN, * or a CloudFormation intrinsic, or a list of these",
		},
		"a privilege on an empty list": {
			sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{Actions: read, Resource: []string{}}}},
			"privilege 1 of its role has a resource of type []string: " +
				"use an ARN, * or a CloudFormation intrinsic, or a list of these",
		},
		"a privilege on a list with nil": {
			sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{Actions: read, Resource: []any{"*", nil}}}},
			"privilege 1 of its role has a resource of type []interface {}: " +
				"use an ARN, * or a CloudFormation intrinsic, or a list of these",
		},
		"a privilege with a principal": {
			sparta.IAMRoleDefinition{
				Privileges: []sparta.IAMRolePrivilege{{Actions: read, Resource: "*", Principal: "*"}},
			},
			"privilege 1 of its role has a principal, which only resource policies have: clear it",
		},
		"a privilege to use a key's alias": {
			sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{
				Actions: []string{"kms:Decrypt"}, Resource: "arn:aws:kms:eu-west-1:123456789012:alias/shop",
			}}},
			"privilege 1 of its role is for the alias of a KMS key, which policies ignore: " +
				"use the ARN of the key itself, which contains :key/ and its ID",
		},
		"a privilege to change an alias": {
			sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{
				Actions: []string{"kms:UpdateAlias"}, Resource: []any{"arn:aws:kms:eu-west-1:123456789012:alias/shop"},
			}}},
			"",
		},
		"an empty boundary": {
			sparta.IAMRoleDefinition{PermissionsBoundary: ""},
			"the permissions boundary of its role is of type string: use a policy's ARN or a CloudFormation intrinsic",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := problems(func(info *sparta.LambdaAWSInfo) {
				*info = *sparta.HandleAWSLambda("f", func() {}, test.role)
			})
			if got != test.want {
				t.Errorf("problems are %s\n         want %s", got, test.want)
			}
		})
	}
}
