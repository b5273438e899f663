package sparta_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func nothing(context.Context, *sparta.Workflow) error { return nil }

func TestServiceDescription(t *testing.T) {
	full := sparta.HandleAWSLambda("my-function", http.NotFound, sparta.IAMRoleDefinition{
		Privileges: []sparta.IAMRolePrivilege{
			{Actions: []string{"s3:GetObject"}, Resource: map[string]any{"Ref": "Bucket"}},
		},
		PermissionsBoundary: "arn:aws:iam::aws:policy/Limits",
	})
	full.Options = &sparta.LambdaFunctionOptions{
		Description:                  "Does it all",
		MemorySize:                   256,
		Timeout:                      30,
		EphemeralStorage:             512,
		LogRetention:                 sparta.LogRetentionForever,
		ReservedConcurrentExecutions: 5,
		Environment:                  map[string]any{"TOKEN": "s3cr3t", "BUCKET": map[string]any{"Ref": "s3cr3t"}},
		Tags:                         map[string]string{"team": "b", "cost": "a"},
		KmsKeyArn:                    "arn:aws:kms:eu-west-1:123456789012:key/1",
		DeadLetterConfigArn:          "arn:aws:sqs:eu-west-1:123456789012:queue",
		Layers:                       []any{"arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"},
		VpcConfig: &sparta.LambdaFunctionVPCConfig{
			SecurityGroupIDs: []any{"sg-1"},
			SubnetIDs:        []any{"subnet-1"},
		},
		TracingConfig: &sparta.LambdaFunctionTracingConfig{Mode: "Active"},
		SnapStart:     &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"},
		FunctionURL: &sparta.LambdaFunctionURL{
			AuthType: "NONE",
			Cors:     &sparta.LambdaFunctionURLCors{AllowOrigins: []string{"*"}},
		},
	}
	plain := sparta.HandleAWSLambda("plain", http.NotFound, "existing")
	hooks := &sparta.WorkflowHooks{
		Rollback: []sparta.WorkflowHook{nothing},
		PreBuild: []sparta.WorkflowHook{nothing, nothing},
	}
	service, err := sparta.NewServiceDescription("Hello", "Says hello", []*sparta.LambdaAWSInfo{full, plain}, hooks)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(service, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "name": "Hello",
  "description": "Says hello",
  "functions": [
    {
      "name": "my_function",
      "handler": "index.my_function",
      "description": "Does it all",
      "memorySize": 256,
      "timeout": 30,
      "privileges": [
        {
          "actions": [
            "s3:GetObject"
          ],
          "resource": {
            "Ref": "Bucket"
          }
        }
      ],
      "permissionsBoundary": "arn:aws:iam::aws:policy/Limits",
      "environmentNames": [
        "BUCKET",
        "TOKEN"
      ],
      "ephemeralStorage": 512,
      "logRetention": -1,
      "reservedConcurrentExecutions": 5,
      "tags": {
        "cost": "a",
        "team": "b"
      },
      "kmsKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1",
      "deadLetterConfigArn": "arn:aws:sqs:eu-west-1:123456789012:queue",
      "layers": [
        "arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"
      ],
      "vpcConfig": {
        "securityGroupIds": [
          "sg-1"
        ],
        "subnetIds": [
          "subnet-1"
        ]
      },
      "tracingConfig": {
        "mode": "Active"
      },
      "snapStart": {
        "applyOn": "PublishedVersions"
      },
      "functionUrl": {
        "authType": "NONE",
        "cors": {
          "allowOrigins": [
            "*"
          ]
        }
      },
      "publishVersion": true,
      "alias": "live"
    },
    {
      "name": "plain",
      "handler": "index.plain",
      "memorySize": 128,
      "timeout": 3,
      "roleName": "existing",
      "ephemeralStorage": 512,
      "logRetention": 30
    }
  ],
  "hooks": [
    "PreBuild",
    "Rollback"
  ]
}`
	if string(got) != want {
		t.Errorf("description is %s", got)
	}
}

func TestServiceDescriptionWithoutHooks(t *testing.T) {
	infos := []*sparta.LambdaAWSInfo{function("f", func(info *sparta.LambdaAWSInfo) { info.Options = nil })}
	for name, hooks := range map[string]*sparta.WorkflowHooks{"nil": nil, "empty": {}} {
		service, err := sparta.NewServiceDescription("Hello", "", infos, hooks)
		if err != nil {
			t.Fatal(err)
		}
		if service.Hooks == nil || len(service.Hooks) != 0 {
			t.Errorf("%s hooks are described as %#v, want an empty list", name, service.Hooks)
		}
	}
}

func TestServiceDescriptionOfAnInvalidService(t *testing.T) {
	if _, err := sparta.NewServiceDescription("", "", nil, nil); err == nil ||
		!strings.Contains(err.Error(), "service has no functions") {
		t.Errorf("error is %v, want the error of Validate", err)
	}
	hooks := &sparta.WorkflowHooks{PostBuild: []sparta.WorkflowHook{nothing, nil}}
	_, err := sparta.NewServiceDescription("Hello", "", []*sparta.LambdaAWSInfo{function("f", nil)}, hooks)
	if err == nil || err.Error() != "workflow hook 2 of PostBuild is nil: remove it or give it a function" {
		t.Errorf("error is %v, want one about the nil hook", err)
	}
}
