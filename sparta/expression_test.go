package sparta_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// stringExpr is a value like those of other template libraries: text, or a function.
type stringExpr struct {
	function any
	literal  string
}

// MarshalJSON implements json.Marshaler.
func (x stringExpr) MarshalJSON() ([]byte, error) {
	if x.function != nil {
		return json.Marshal(x.function)
	}
	return json.Marshal(x.literal)
}

func reference(name string) *stringExpr { return &stringExpr{function: map[string]string{"Ref": name}} }

func text(literal string) *stringExpr { return &stringExpr{literal: literal} }

// useExpressions sets everything that may be an intrinsic.
func useExpressions(info *sparta.LambdaAWSInfo, of func(literal string) *stringExpr) {
	info.RoleDefinition = &sparta.IAMRoleDefinition{
		Privileges: []sparta.IAMRolePrivilege{
			{Actions: []string{"s3:GetObject"}, Resource: of("arn:aws:s3:::b/*")},
			{Actions: []string{"s3:GetObject"}, Resource: []any{of("arn:aws:s3:::c/*")}},
		},
		PermissionsBoundary: of("arn:aws:iam::123456789012:policy/p"),
	}
	*info.Options = sparta.LambdaFunctionOptions{
		Environment:         map[string]any{"TABLE": of("prices")},
		DeadLetterConfigArn: of("arn:aws:sqs:eu-west-1:123456789012:lost"),
		Layers:              []any{of("arn:aws:lambda:eu-west-1:123456789012:layer:tools:1")},
		VpcConfig: &sparta.LambdaFunctionVPCConfig{
			SecurityGroupIDs: []any{of("sg-1")}, SubnetIDs: []any{of("subnet-1")},
		},
		FileSystemConfigs: []sparta.LambdaFunctionFileSystemConfig{{
			Arn:            of("arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1"),
			LocalMountPath: "/mnt/data",
		}},
		LoggingConfig: &sparta.LambdaFunctionLoggingConfig{LogGroup: of("/shop")},
	}
	info.Permissions = []sparta.LambdaPermissionExporter{sparta.SNSPermission{
		BasePermission: sparta.BasePermission{SourceArn: of("arn:aws:sns:eu-west-1:123456789012:t")},
	}}
	info.EventSourceMappings = []*sparta.EventSourceMapping{{
		EventSourceArn: of("arn:aws:sqs:eu-west-1:123456789012:orders"),
	}}
}

func TestExpressionsOfOtherTemplateLibrariesAreAccepted(t *testing.T) {
	for name, of := range map[string]func(string) *stringExpr{
		"text": text, "references": func(string) *stringExpr { return reference("Other") },
	} {
		t.Run(name, func(t *testing.T) {
			info := sparta.HandleAWSLambda("hello", func() error { return nil }, "role")
			info.RoleName = ""
			useExpressions(info, of)
			if err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTextOfOtherTemplateLibrariesIsChecked(t *testing.T) {
	for name, of := range map[string]func(string) *stringExpr{
		"wrong text": func(string) *stringExpr { return text("{{resolve:ssm-secure:x}}") },
		"nothing":    func(string) *stringExpr { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			info := sparta.HandleAWSLambda("hello", func() error { return nil }, "role")
			info.RoleName = ""
			useExpressions(info, of)
			err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info})
			if err == nil {
				t.Fatal("it was accepted")
			}
			for _, want := range []string{"environment variable TABLE", "dead letter target", "file system"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error is %v\nwhich lacks %s", err, want)
				}
			}
		})
	}
}
