//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/aws/aws-sdk-go/service/s3"

	"github.com/go-sparta/sparta/internal/testaws"
)

// putCode uploads a package that holds text.
func putCode(t *testing.T, account *testaws.Account, key, text string) string {
	t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	file, err := writer.CreateHeader(&zip.FileHeader{
		Name:     "index.py",
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	client, bucket := s3.New(account.Session(t)), account.Bucket("code")
	if _, err := client.CreateBucket(&s3.CreateBucketInput{Bucket: &bucket}); err != nil {
		t.Fatal(err)
	}
	input := &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(packed.Bytes())}
	if _, err := client.PutObject(input); err != nil {
		t.Fatal(err)
	}
	return bucket
}

// serviceTemplate has everything that a deployed function comes with.
func serviceTemplate(bucket, key string, more object) object {
	function := object{
		"Code":             object{"S3Bucket": bucket, "S3Key": key},
		"Handler":          "index.hello",
		"Runtime":          "python3.13",
		"FunctionName":     "hello",
		"Role":             object{"Fn::GetAtt": []string{"Role", "Arn"}},
		"Architectures":    []string{"arm64"},
		"TracingConfig":    object{"Mode": "Active"},
		"EphemeralStorage": object{"Size": 1024},
		"SnapStart":        object{"ApplyOn": "PublishedVersions"},
		"Layers":           []string{"arn:aws:lambda:us-east-1:123456789012:layer:l:1"},
		"DeadLetterConfig": object{"TargetArn": "arn:aws:sqs:us-east-1:123456789012:q"},
		"KmsKeyArn":        "arn:aws:kms:us-east-1:123456789012:key/k",
		"Tags":             []object{{"Key": "own", "Value": "1"}},
		"Timeout":          9,
		"Environment":      object{"Variables": object{"A": "1"}},
	}
	for name, value := range more {
		function[name] = value
		if value == nil {
			delete(function, name)
		}
	}
	return object{
		"Resources": object{
			"Role": object{"Type": "AWS::IAM::Role", "Properties": object{
				"AssumeRolePolicyDocument": object{
					"Version": "2012-10-17",
					"Statement": []object{
						{
							"Effect":    "Allow",
							"Principal": object{"Service": "lambda.amazonaws.com"},
							"Action":    "sts:AssumeRole",
						},
					},
				},
				"ManagedPolicyArns": []string{
					"arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
				},
				"Policies": []object{
					{"PolicyName": "logs", "PolicyDocument": object{"Version": "2012-10-17", "Statement": []object{}}},
				},
			}},
			"Function": object{"Type": "AWS::Lambda::Function", "Properties": function},
			"Logs": object{
				"Type":       "AWS::Logs::LogGroup",
				"Properties": object{"LogGroupName": "/aws/lambda/hello", "RetentionInDays": 7},
			},
			"Version": object{
				"Type": "AWS::Lambda::Version", "Properties": object{"FunctionName": object{"Ref": "Function"}},
			},
			"Alias": object{
				"Type": "AWS::Lambda::Alias",
				"Properties": object{
					"FunctionName":    object{"Ref": "Function"},
					"Name":            "live",
					"FunctionVersion": object{"Fn::GetAtt": []string{"Version", "Version"}},
				},
			},
			"Url": object{
				"Type": "AWS::Lambda::Url",
				"Properties": object{
					"TargetFunctionArn": object{"Fn::GetAtt": []string{"Function", "Arn"}}, "AuthType": "NONE",
				},
			},
			"Public": object{
				"Type": "AWS::Lambda::Permission",
				"Properties": object{
					"FunctionName":        object{"Ref": "Function"},
					"Action":              "lambda:InvokeFunctionUrl",
					"Principal":           "*",
					"FunctionUrlAuthType": "NONE",
				},
			},
		},
		"Outputs": object{
			"Url":   object{"Value": object{"Fn::GetAtt": []string{"Url", "FunctionUrl"}}},
			"Alias": object{"Value": object{"Ref": "Alias"}},
		},
	}
}

func TestAFunctionHasWhatItsTemplateSays(t *testing.T) {
	account := testaws.Start(t).Account(t)
	s, client := newStack(t, account), lambda.New(account.Session(t))
	bucket := putCode(t, account, "one.zip", "1")
	described := s.deploy("CREATE", serviceTemplate(bucket, "one.zip", nil), map[string]string{"team": "a"})
	if *described.StackStatus != "CREATE_COMPLETE" {
		t.Fatalf("stack %s\n%s", described, strings.Join(s.events(), "\n"))
	}
	for _, output := range described.Outputs {
		value := *output.OutputValue
		if !strings.HasSuffix(value, ":function:hello:live") && !strings.HasPrefix(value, "https://") {
			t.Errorf("output %s is %s", *output.OutputKey, value)
		}
	}
	got, err := client.GetFunction(&lambda.GetFunctionInput{FunctionName: aws.String("hello")})
	if err != nil {
		t.Fatal(err)
	}
	c := got.Configuration
	if *c.Architectures[0] != "arm64" ||
		*c.TracingConfig.Mode != "Active" ||
		*c.EphemeralStorage.Size != 1024 ||
		*c.SnapStart.ApplyOn != "PublishedVersions" ||
		len(c.Layers) != 1 ||
		c.DeadLetterConfig == nil ||
		c.KMSKeyArn == nil ||
		*c.Timeout != 9 ||
		*got.Tags["own"] != "1" ||
		*got.Tags["team"] != "a" {
		t.Errorf("function %s\ntags %v", c, got.Tags)
	}
	url, err := client.GetFunctionUrlConfig(&lambda.GetFunctionUrlConfigInput{FunctionName: aws.String("hello")})
	if err != nil || *url.AuthType != "NONE" {
		t.Errorf("URL %v (%v)", url, err)
	}
	role := iam.New(account.Session(t))
	name := (*c.Role)[strings.LastIndex(*c.Role, "/")+1:]
	attached, err := role.ListAttachedRolePolicies(&iam.ListAttachedRolePoliciesInput{RoleName: &name})
	if err != nil || len(attached.AttachedPolicies) != 1 {
		t.Errorf("attached policies %v (%v), want the managed one", attached, err)
	}

	// What a template no longer says returns to its default; a log group can be changed.
	putCode(t, account, "two.zip", "2")
	changed := serviceTemplate(bucket, "two.zip", object{"Timeout": nil, "Environment": nil, "Architectures": nil})
	changed["Resources"].(object)["Logs"].(object)["Properties"].(object)["RetentionInDays"] = 14
	described = s.deploy("UPDATE", changed, map[string]string{"team": "b"})
	if *described.StackStatus != "UPDATE_COMPLETE" {
		t.Fatalf("stack %s\n%s", described, strings.Join(s.events(), "\n"))
	}
	after, err := client.GetFunction(&lambda.GetFunctionInput{FunctionName: aws.String("hello")})
	if err != nil {
		t.Fatal(err)
	}
	c = after.Configuration
	if *c.Timeout != 3 ||
		c.Environment != nil ||
		*c.Architectures[0] != "x86_64" ||
		*c.CodeSha256 == *got.Configuration.CodeSha256 ||
		*after.Tags["team"] != "b" {
		t.Errorf("function %s after the update", c)
	}
	groups, err := cloudwatchlogs.New(account.Session(t)).DescribeLogGroups(&cloudwatchlogs.DescribeLogGroupsInput{})
	if err != nil || len(groups.LogGroups) != 1 || *groups.LogGroups[0].RetentionInDays != 14 {
		t.Errorf("log groups %v (%v), want one that keeps 14 days", groups, err)
	}

	if _, err := s.cfn.DeleteStack(&cloudformation.DeleteStackInput{StackName: &s.name}); err != nil {
		t.Fatal(err)
	}
	if left, err := s.cfn.DescribeStacks(&cloudformation.DescribeStacksInput{}); err != nil || len(left.Stacks) != 0 {
		t.Errorf("stacks %s (%v) are left: %s", left, err, strings.Join(s.events(), "\n"))
	}
	functions, err := client.ListFunctions(&lambda.ListFunctionsInput{})
	if err != nil || len(functions.Functions) != 0 {
		t.Errorf("functions %v (%v) are left", functions, err)
	}
	if roles, err := role.ListRoles(&iam.ListRolesInput{}); err != nil || len(roles.Roles) != 0 {
		t.Errorf("roles %v (%v) are left", roles, err)
	}
}

func TestAFunctionWhosePackageIsMissingFails(t *testing.T) {
	account := testaws.Start(t).Account(t)
	s := newStack(t, account)
	described := s.deploy("CREATE", serviceTemplate(putCode(t, account, "one.zip", "1"), "missing.zip", nil), nil)
	events := s.events()
	if *described.StackStatus != "ROLLBACK_COMPLETE" || !slices.Contains(events, "Function CREATE_FAILED") {
		t.Errorf("stack %s, want it rolled back for its function: %s", described, events)
	}
}

func TestAChangeSetDescribesItsChanges(t *testing.T) {
	account := testaws.Start(t).Account(t)
	s := newStack(t, account)
	bucket := putCode(t, account, "one.zip", "1")
	s.deploy("CREATE", serviceTemplate(bucket, "one.zip", nil), nil)
	changed := serviceTemplate(bucket, "two.zip", nil)
	changed["Resources"].(object)["Logs"].(object)["Properties"].(object)["LogGroupName"] = "/aws/lambda/other"
	delete(changed["Resources"].(object), "Public")
	changed["Resources"].(object)["Queue"] = queue(nil)
	set, err := s.changeSet("UPDATE", changed, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, change := range set.Changes {
		c := change.ResourceChange
		text := *c.Action + " " + aws.StringValue(c.Replacement)
		for _, detail := range c.Details {
			property, cause := aws.StringValue(detail.Target.Name), aws.StringValue(detail.CausingEntity)
			text += fmt.Sprintf(" %s/%s/%s", property, *detail.ChangeSource, cause)
		}
		got[*c.LogicalResourceId] = text
		if *c.Action != "Add" && aws.StringValue(c.PhysicalResourceId) == "" {
			t.Errorf("%s has no physical id", *c.LogicalResourceId)
		}
	}
	want := map[string]string{
		"Function": "Modify False Code/DirectModification/",
		"Logs":     "Modify True LogGroupName/DirectModification/",
		// The function's ARN might be another, as far as a change set can tell.
		"Url":    "Modify Conditional TargetFunctionArn/ResourceAttribute/Function.Arn",
		"Public": "Remove ",
		"Queue":  "Add ",
	}
	for name, change := range want {
		if got[name] != change {
			t.Errorf("%s: %q, want %q", name, got[name], change)
		}
		delete(got, name)
	}
	if len(got) != 0 {
		t.Errorf("and %v", got)
	}
}

func TestAnInvocationEchoesAndLogs(t *testing.T) {
	account := testaws.Start(t).Account(t)
	newStack(t, account).deploy("CREATE", serviceTemplate(putCode(t, account, "one.zip", "1"), "one.zip", nil), nil)
	client := lambda.New(account.Session(t))
	got, err := client.Invoke(&lambda.InvokeInput{
		FunctionName: aws.String("hello"),
		Payload:      []byte(`{"a":1}`),
		LogType:      aws.String("Tail"),
	})
	if err != nil || string(got.Payload) != `{"a":1}` || got.FunctionError != nil || got.LogResult == nil {
		t.Errorf("invoke: %s (%v)", got, err)
	}
	got, err = client.Invoke(&lambda.InvokeInput{
		FunctionName: aws.String("hello"),
		Payload:      []byte(`{"testaws:error":{"errorType":"E"}}`),
	})
	if err != nil || string(got.Payload) != `{"errorType":"E"}` || aws.StringValue(got.FunctionError) != "Unhandled" {
		t.Errorf("invoke: %s (%v)", got, err)
	}
	events, err := cloudwatchlogs.New(account.Session(t)).FilterLogEvents(&cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: aws.String("/aws/lambda/hello"),
	})
	if err != nil || len(events.Events) != 8 {
		t.Errorf("%d log events (%v), want four for each invocation", len(events.Events), err)
	}
}
