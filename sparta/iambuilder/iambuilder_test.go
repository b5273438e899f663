package iambuilder_test

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/sparta/iambuilder"
)

func TestStatements(t *testing.T) {
	parameter := func() *iambuilder.Resource {
		return iambuilder.Allow("ssm:GetParameter", "ssm:GetParameters").
			WithCondition(map[string]any{"Bool": map[string]any{"aws:SecureTransport": "true"}}).
			ForResource().
			Literal("arn:").Partition(":ssm:").Region(":").AccountID(":").Literal("parameter/shop")
	}
	const parts = `{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ssm:",{"Ref":"AWS::Region"},":",` +
		`{"Ref":"AWS::AccountId"},":","parameter/shop"]]}`
	tests := map[string]struct {
		statement any
		want      string
	}{
		"a privilege": {
			parameter().ToPrivilege(),
			`{"actions":["ssm:GetParameter","ssm:GetParameters"],"resource":` + parts +
				`,"condition":{"Bool":{"aws:SecureTransport":"true"}}}`,
		},
		"a statement": {
			parameter().ToPolicyStatement(),
			`{"Action":["ssm:GetParameter","ssm:GetParameters"],"Condition":{"Bool":{"aws:SecureTransport":"true"}},` +
				`"Effect":"Allow","Resource":` + parts + `}`,
		},
		"a statement that denies": {
			iambuilder.Deny("s3:*").ForResource().Attr("Bucket", "Arn", "/", "*").Ref("Key").
				StackID().StackName().URLSuffix().ToPolicyStatement(),
			`{"Action":["s3:*"],"Effect":"Deny","Resource":{"Fn::Join":["",[{"Fn::GetAtt":["Bucket","Arn"]},"/","*",` +
				`{"Ref":"Key"},{"Ref":"AWS::StackId"},{"Ref":"AWS::StackName"},{"Ref":"AWS::URLSuffix"}]]}}`,
		},
		"services": {
			iambuilder.Allow("sqs:SendMessage").ForPrincipals("sns.amazonaws.com").ToPolicyStatement(),
			`{"Action":["sqs:SendMessage"],"Effect":"Allow","Principal":{"Service":["sns.amazonaws.com"]}}`,
		},
		"identity providers": {
			iambuilder.Allow("sts:AssumeRoleWithWebIdentity").
				ForFederatedPrincipals("cognito-identity.amazonaws.com").ToPolicyStatement(),
			`{"Action":["sts:AssumeRoleWithWebIdentity"],"Effect":"Allow",` +
				`"Principal":{"Federated":["cognito-identity.amazonaws.com"]}}`,
		},
	}
	for name, test := range tests {
		got, err := json.Marshal(test.statement)
		if err != nil || string(got) != test.want {
			t.Errorf("%s: %s (error: %v), want %s", name, got, err, test.want)
		}
	}
	role := sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{parameter().ToPrivilege()}}
	if err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{
		sparta.HandleAWSLambda("f", func() {}, role),
	}); err != nil {
		t.Errorf("a role with such a privilege: %v", err)
	}
}
