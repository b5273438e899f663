package sparta_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestSESPermissions(t *testing.T) {
	of := func(rules ...sparta.ReceiptRule) sparta.SESPermission {
		return sparta.SESPermission{ReceiptRules: rules}
	}
	rule := func(change func(*sparta.ReceiptRule)) sparta.SESPermission {
		rule := sparta.ReceiptRule{Name: "orders"}
		change(&rule)
		return of(rule)
	}
	const one = "rule 1 (orders) of ReceiptRules: "
	tests := map[string]struct {
		permission sparta.SESPermission
		want       string
	}{
		"a rule": {of(sparta.ReceiptRule{Name: "orders", Recipients: []string{"a@example.com"}}), ""},
		"a source as Sparta's applications have it": {
			sparta.SESPermission{
				BasePermission: sparta.BasePermission{SourceArn: "*"}, ReceiptRules: []sparta.ReceiptRule{{Name: "a"}},
			}, "",
		},
		"no rule": {of(), "ReceiptRules is empty: add a rule for the mails that invoke the function"},
		"another source": {
			sparta.SESPermission{
				BasePermission: sparta.BasePermission{SourceArn: "arn:aws:ses:a"},
				ReceiptRules:   []sparta.ReceiptRule{{Name: "a"}},
			},
			"SourceArn arn:aws:ses:a is not used: the rules of ReceiptRules are the source: clear it",
		},
		"another account": {
			sparta.SESPermission{
				BasePermission: sparta.BasePermission{SourceAccount: "1"},
				ReceiptRules:   []sparta.ReceiptRule{{Name: "a"}},
			},
			`SourceAccount "1" is invalid: use an account's twelve digits`,
		},
		"one name twice": {
			of(sparta.ReceiptRule{Name: "a"}, sparta.ReceiptRule{Name: "a"}),
			"two rules of ReceiptRules are named a: rename one",
		},
		"no name": {
			of(sparta.ReceiptRule{}), `rule 1 () of ReceiptRules: its name "" is invalid: set Name to up to 63 ` +
				"letters, digits, hyphens, dots and underscores",
		},
		"another invocation": {
			rule(func(r *sparta.ReceiptRule) { r.InvocationType = "DryRun" }),
			one + `InvocationType "DryRun" is unknown: use Event or RequestResponse`,
		},
		"another invocation of all rules": {
			sparta.SESPermission{InvocationType: "a", ReceiptRules: []sparta.ReceiptRule{{Name: "a"}}},
			`InvocationType "a" is unknown: use Event or RequestResponse`,
		},
		"another policy": {
			rule(func(r *sparta.ReceiptRule) { r.TLSPolicy = "Required" }),
			one + `TLSPolicy "Required" is unknown: use Optional or Require`,
		},
		"an empty recipient": {
			rule(func(r *sparta.ReceiptRule) { r.Recipients = []string{""} }),
			one + "a recipient is empty: use an address or a domain, or no recipients for all",
		},
		"a topic that is a number": {
			rule(func(r *sparta.ReceiptRule) { r.TopicArn = 1 }),
			one + "TopicArn 1 is invalid: use an ARN or a CloudFormation intrinsic",
		},
		"a key that is a number": {
			rule(func(r *sparta.ReceiptRule) { r.BodyStorageOptions.KmsKeyArn = 1 }),
			one + "BodyStorageOptions.KmsKeyArn 1 is invalid: use an ARN or a CloudFormation intrinsic",
		},
		"two buckets": {
			sparta.SESPermission{
				MessageBodyStorage: &sparta.MessageBodyStorage{LogicalName: "A", BucketName: "aaa"},
				ReceiptRules:       []sparta.ReceiptRule{{Name: "a"}},
			},
			"MessageBodyStorage has both the LogicalName A and the BucketName aaa: clear one",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := invokedBy(test.permission); got != test.want {
				t.Errorf("error is %s\n    want %s", got, test.want)
			}
		})
	}
}

func TestMessageBodyStorage(t *testing.T) {
	var permission sparta.SESPermission
	own, err := permission.NewMessageBodyStorageResource("Mails")
	if err != nil || !reflect.DeepEqual(own.BucketArn(), cloudformation.GetAtt{"Mails", "Arn"}) ||
		own.BucketArnAllKeys() != cloudformation.Sub("${Mails.Arn}/*") {
		t.Errorf("bucket is %+v (error: %v)", own, err)
	}
	other, err := permission.NewMessageBodyStorageReference("my-mails")
	if err != nil || other.BucketArn() != cloudformation.Sub("arn:${AWS::Partition}:s3:::my-mails") ||
		other.BucketArnAllKeys() != cloudformation.Sub("arn:${AWS::Partition}:s3:::my-mails/*") {
		t.Errorf("bucket is %+v (error: %v)", other, err)
	}
	if _, err := permission.NewMessageBodyStorageResource("my-mails"); err == nil {
		t.Error("a name is not a logical ID")
	}
	if _, err := permission.NewMessageBodyStorageReference("arn:aws:s3:::my-mails"); err == nil ||
		!strings.Contains(err.Error(), "is not the name of a bucket") {
		t.Errorf("error is %v", err)
	}
}

func TestSESPermissionsCrossAsJSON(t *testing.T) {
	given := sparta.Permissions{sparta.SESPermission{
		BasePermission: sparta.BasePermission{SourceAccount: "123456789012"}, InvocationType: "Event",
		MessageBodyStorage: &sparta.MessageBodyStorage{LogicalName: "Mails"},
		ReceiptRules: []sparta.ReceiptRule{{
			Name: "a", Disabled: true, Recipients: []string{"b"}, ScanDisabled: true, TLSPolicy: "Require",
			TopicArn: "c", InvocationType: "Event", BodyStorageOptions: sparta.MessageBodyStorageOptions{
				ObjectKeyPrefix: "d", KmsKeyArn: "e", TopicArn: "f", DisableStorage: true,
			},
		}},
	}}
	text, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	var read sparta.Permissions
	if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, given) {
		t.Errorf("%s became %+v (error: %v)", text, read, err)
	}
}
