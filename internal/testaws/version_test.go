//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/lambda"

	"github.com/go-sparta/sparta/internal/testaws"
)

// Like Lambda, the stand-in publishes what differs from the last version in code or configuration, under new numbers.
func TestPublishVersionComparesCodeAndConfiguration(t *testing.T) {
	account := testaws.Start(t).Account(t)
	s, client := newStack(t, account), lambda.New(account.Session(t))
	bucket := putCode(t, account, "one.zip", "1")
	template := serviceTemplate(bucket, "one.zip", object{"SnapStart": nil})
	for name := range template["Resources"].(object) {
		if name != "Function" && name != "Role" && name != "Logs" {
			delete(template["Resources"].(object), name)
		}
	}
	delete(template, "Outputs")
	s.deploy("CREATE", template, nil)
	name := aws.String("hello")
	change := func(timeout int64) {
		input := &lambda.UpdateFunctionConfigurationInput{FunctionName: name, Timeout: aws.Int64(timeout)}
		if _, err := client.UpdateFunctionConfiguration(input); err != nil {
			t.Fatal(err)
		}
	}
	remove := func(version string) {
		input := &lambda.DeleteFunctionInput{FunctionName: name, Qualifier: &version}
		if _, err := client.DeleteFunction(input); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		what string
		do   func()
		want string
	}{
		{"first", func() {}, "1"},
		{"no change", func() {}, "1"},
		{"another configuration", func() { change(20) }, "2"},
		{"the same configuration", func() { change(20) }, "2"},
		{"back to that of the first", func() { change(9) }, "3"},
		{"another code", func() {
			putCode(t, account, "two.zip", "2")
			input := &lambda.UpdateFunctionCodeInput{
				FunctionName: name, S3Bucket: &bucket, S3Key: aws.String("two.zip"),
			}
			if _, err := client.UpdateFunctionCode(input); err != nil {
				t.Fatal(err)
			}
		}, "4"},
		{"after versions were deleted", func() { remove("1"); remove("2"); change(21) }, "5"},
	} {
		step.do()
		published, err := client.PublishVersion(&lambda.PublishVersionInput{FunctionName: name})
		if err != nil || *published.Version != step.want {
			t.Fatalf("%s: version %v (%v), want %s", step.what, published, err, step.want)
		}
	}
}
