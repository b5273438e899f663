package sparta_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// invokedBy is the error of a service whose function has the permission, without what each error begins with.
func invokedBy(permission sparta.LambdaPermissionExporter) string {
	info := sparta.HandleAWSLambda("f", func() {}, sparta.IAMRoleDefinition{})
	info.Permissions = []sparta.LambdaPermissionExporter{permission}
	err := sparta.Validate("Shop", []*sparta.LambdaAWSInfo{info})
	if err == nil {
		return ""
	}
	prefix := "function 1 (f): permission 1 (" + reflect.TypeOf(permission).Name() + "): "
	return strings.ReplaceAll(err.Error(), prefix, "")
}

func TestS3Permissions(t *testing.T) {
	type rules = []sparta.S3FilterRule
	of := func(source any, events []string, filter ...sparta.S3FilterRule) sparta.S3Permission {
		permission := sparta.S3Permission{BasePermission: sparta.BasePermission{SourceArn: source}, Events: events}
		permission.Filter.Key.FilterRules = filter
		return permission
	}
	const bucket = "arn:aws:s3:::uploads"
	created := []string{"s3:ObjectCreated:*"}
	tests := map[string]struct {
		permission sparta.S3Permission
		want       string
	}{
		"a bucket": {of(bucket, created), ""},
		"a bucket of the stack, with a filter": {
			of(cloudformation.Ref("Uploads"), created, rules{{"prefix", "a/"}, {"Suffix", ".jpg"}}...), "",
		},
		"another partition": {of("arn:aws-cn:s3:::uploads", created), ""},
		"no bucket": {
			of(nil, created),
			"SourceArn is missing: set it to the ARN of an S3 bucket, or to an intrinsic that results in one",
		},
		"a name": {
			of("uploads", created),
			`SourceArn "uploads" is not an ARN: use arn:aws:s3:::uploads if that is the bucket's name`,
		},
		"all keys": {
			of(bucket+"/*", created),
			`SourceArn "arn:aws:s3:::uploads/*" is the ARN of keys: use the bucket's, arn:aws:s3:::uploads`,
		},
		"some keys": {
			of(bucket+"/images/*", created), `SourceArn "arn:aws:s3:::uploads/images/*" is the ARN of keys: use the ` +
				`bucket's, arn:aws:s3:::uploads, and set Filter to the prefix "images/"`,
		},
		"several buckets": {
			of("arn:aws:s3:::uploads-*", created),
			`SourceArn "arn:aws:s3:::uploads-*" matches several buckets: use an S3Permission for each`,
		},
		"a queue": {
			of("arn:aws:sqs:eu-west-1:123456789012:a", created),
			`SourceArn "arn:aws:sqs:eu-west-1:123456789012:a" is not the ARN of a bucket: use one such as ` +
				"arn:aws:s3:::my-bucket",
		},
		"no events": {
			of(bucket, nil), "field Events is empty: list what invokes the function, for example s3:ObjectCreated:*",
		},
		"an event twice": {
			of(bucket, append(created, created...)), "event s3:ObjectCreated:* is listed twice in Events: remove one",
		},
		"an event in another": {
			of(bucket, append(created, "s3:ObjectCreated:Put")),
			"event s3:ObjectCreated:* of Events includes s3:ObjectCreated:Put: remove one",
		},
		"another part of the key": {
			of(bucket, created, rules{{"infix", "a"}}...),
			`the filter rule "infix" is unknown: set Name to prefix or suffix`,
		},
		"two prefixes": {
			of(bucket, created, rules{{"prefix", "a"}, {"Prefix", "b"}}...),
			"two rules of Filter are for the prefix: use an S3Permission for each",
		},
		"an empty suffix": {
			of(bucket, created, rules{{"suffix", ""}}...),
			"the filter rule for the suffix has no value: set Value, or remove the rule",
		},
		"a prefix that no key has": {
			of(bucket, created, rules{{"prefix", strings.Repeat("a", 1025)}}...),
			"the filter rule for the prefix has 1025 bytes: keys have up to 1024",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := invokedBy(test.permission); got != test.want {
				t.Errorf("error is %s\n    want %s", got, test.want)
			}
		})
	}
	unknown := invokedBy(of(bucket, []string{"ObjectCreated:*"}))
	if !strings.HasPrefix(unknown, `event "ObjectCreated:*" of Events is unknown: use one of s3:ObjectCreated:*, s3:`) {
		t.Errorf("error is %s", unknown)
	}
}

func TestS3PermissionsCrossAsJSON(t *testing.T) {
	given := sparta.Permissions{sparta.S3Permission{
		BasePermission: sparta.BasePermission{SourceArn: "arn:aws:s3:::a", SourceAccount: "123456789012"},
		Events:         []string{"s3:ObjectCreated:*"}, EventBridge: true,
		Filter: sparta.S3NotificationFilter{Key: sparta.S3KeyFilter{FilterRules: []sparta.S3FilterRule{
			{Name: "prefix", Value: "a/"},
		}}},
	}}
	text, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"S3Permission":{"sourceAccount":"123456789012","sourceArn":"arn:aws:s3:::a",` +
		`"events":["s3:ObjectCreated:*"],"filter":{"key":{"filterRules":[{"name":"prefix","value":"a/"}]}},` +
		`"eventBridge":true}}]`
	if string(text) != want {
		t.Errorf("JSON is %s\n    want %s", text, want)
	}
	var read sparta.Permissions
	if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, given) {
		t.Errorf("%s became %+v (error: %v)", text, read, err)
	}
	if text, _ := json.Marshal(sparta.S3Permission{Events: []string{"a"}}); string(text) != `{"events":["a"]}` {
		t.Errorf("zero values are in %s", text)
	}
}
