package template

import (
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// received is a permission of SES with these rules.
func received(storage *sparta.MessageBodyStorage, rules ...sparta.ReceiptRule) sparta.SESPermission {
	return sparta.SESPermission{ReceiptRules: rules, MessageBodyStorage: storage}
}

// mailCases are the templates of functions that SES invokes, by the names of their files.
func mailCases() map[string]templateCase {
	stored := &sparta.MessageBodyStorage{LogicalName: "Mails"}
	reader := testFunction("reader", sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{
		Actions: []string{"s3:GetObject"}, Resource: stored.BucketArnAllKeys(),
	}}}, nil)
	reader.Permissions = permissions(received(stored,
		sparta.ReceiptRule{
			Name: "orders", Recipients: []string{"orders@example.com"}, TLSPolicy: "Require",
			InvocationType: "RequestResponse", TopicArn: cloudformation.Ref("Topic"),
			BodyStorageOptions: sparta.MessageBodyStorageOptions{
				ObjectKeyPrefix: "orders/", TopicArn: cloudformation.Ref("Topic"),
				KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012",
			},
		},
		sparta.ReceiptRule{
			Name: "rest", Disabled: true, ScanDisabled: true,
			BodyStorageOptions: sparta.MessageBodyStorageOptions{DisableStorage: true},
		},
	))
	return map[string]templateCase{"mails": {before: withResources, service: testService(
		reader,
		invoked("archive", permissions(received(stored, sparta.ReceiptRule{Name: "all"})), nil, nil),
		invoked("other", permissions(received(&sparta.MessageBodyStorage{BucketName: "other-mails"},
			sparta.ReceiptRule{Name: "all", Recipients: []string{"example.org"}})), nil,
			func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }),
	)}}
}

// A hook's bucket and a hook's policy are used as they are.
func TestMailsInABucketOfAHook(t *testing.T) {
	template := withResources()
	template.Resources["Mails"] = &cloudformation.Resource{Type: "AWS::S3::Bucket"}
	template.Resources["Own"] = &cloudformation.Resource{Type: "AWS::S3::BucketPolicy", Properties: map[string]any{
		"Bucket": cloudformation.Ref("Mails"),
	}}
	service := mailCases()["mails"].service
	if err := AddTo(template, service, testPackage, testCode); err != nil {
		t.Fatal(err)
	}
	if err := Connect(template, service); err != nil {
		t.Fatal(err)
	}
	if template.Resources["MailsSESPolicy"] != nil || template.Resources["Mails"].Properties != nil {
		t.Error("the hook's bucket has another policy or other properties")
	}
	if got := template.Resources["ReaderOrdersReceiptRule"].DependsOn[0]; got != "Own" {
		t.Errorf("the rule comes after %s, want the hook's policy", got)
	}
	template.Resources["Mails"].Type = "AWS::SQS::Queue"
	fresh := withResources()
	fresh.Resources["Mails"] = template.Resources["Mails"]
	if err := AddTo(fresh, service, testPackage, testCode); err != nil {
		t.Fatal(err)
	}
	const want = "function archive: LogicalName Mails of MessageBodyStorage is a resource of type AWS::SQS::Queue: " +
		"use another name, or that of a bucket"
	service.Functions = service.Functions[1:2]
	if err := Connect(fresh, service); err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
}
