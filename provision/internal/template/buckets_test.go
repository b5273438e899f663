package template

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// s3 is a permission for a bucket's created objects.
func s3(bucket any, change func(*sparta.S3Permission)) sparta.S3Permission {
	permission := sparta.S3Permission{
		BasePermission: sparta.BasePermission{SourceArn: bucket},
		Events:         []string{"s3:ObjectCreated:*"},
	}
	if change != nil {
		change(&permission)
	}
	return permission
}

// keys limits a permission to some keys.
func keys(prefix, suffix string) func(*sparta.S3Permission) {
	return func(p *sparta.S3Permission) {
		rules := &p.Filter.Key.FilterRules
		if prefix != "" {
			*rules = append(*rules, sparta.S3FilterRule{Name: "prefix", Value: prefix})
		}
		if suffix != "" {
			*rules = append(*rules, sparta.S3FilterRule{Name: "Suffix", Value: suffix})
		}
	}
}

// permissions are those of a function.
func permissions(list ...sparta.LambdaPermissionExporter) []sparta.LambdaPermissionExporter {
	return list
}

// withBuckets is a template with a bucket that has a name and notifies a queue, and one whose name CloudFormation
// chooses.
func withBuckets() *cloudformation.Template {
	template := cloudformation.NewTemplate("Says hello")
	template.Resources["Named"] = &cloudformation.Resource{Type: "AWS::S3::Bucket", Properties: map[string]any{
		"BucketName": "hello-uploads",
		"NotificationConfiguration": map[string]any{"QueueConfigurations": []map[string]any{{
			"Event": "s3:ObjectRemoved:*", "Queue": cloudformation.GetAtt{"Removed", "Arn"},
		}}},
	}}
	template.Resources["Removed"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
	template.Resources["Generated"] = &cloudformation.Resource{Type: "AWS::S3::Bucket"}
	return template
}

// readsBucket is a role that may read the objects of a bucket.
func readsBucket(id string) sparta.IAMRoleDefinition {
	return sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{
		Actions: []string{"s3:GetObject"}, Resource: cloudformation.Sub("${" + id + ".Arn}/*"),
	}}}
}

// readingBucket is a function that a bucket invokes and that may read it.
func readingBucket(name, id string, list ...sparta.LambdaPermissionExporter) *sparta.LambdaAWSInfo {
	info := testFunction(name, readsBucket(id), nil)
	info.Permissions = list
	return info
}

// bucketCases are the templates of functions that buckets invoke.
func bucketCases() map[string]templateCase {
	alias := func(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }
	removed := func(p *sparta.S3Permission) {
		p.Events = []string{"s3:ObjectRestore:Completed", "s3:ObjectTagging:Put"}
	}
	bridge := func(p *sparta.S3Permission) {
		p.EventBridge = true
		p.Events = []string{"s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"}
		keys("images/*", ".jpg")(p)
	}
	return map[string]templateCase{
		"buckets-in-template": {before: withBuckets, service: testService(
			invoked("thumbnails", permissions(s3("arn:aws:s3:::hello-uploads", keys("images/", ".jpg"))), nil, nil),
			invoked("index", permissions(
				s3(cloudformation.Ref("Named"), keys("texts/", "")), s3(cloudformation.GetAtt{"Named", "Arn"}, removed),
			), nil, alias),
		)},
		"buckets-with-custom-resources": {before: withBuckets, service: testService(
			readingBucket("thumbnails", "Named", s3(cloudformation.Ref("Named"), nil)),
			readingBucket("index", "Generated", s3(cloudformation.Ref("Generated"), keys("texts/", "")),
				s3("arn:aws:s3:::other-uploads", keys("a/", ".txt"))),
			invoked("again", permissions(s3("arn:aws:s3:::other-uploads", func(p *sparta.S3Permission) {
				keys("b/", "")(p)
			}), s3("arn:aws:s3:::their-uploads", func(p *sparta.S3Permission) { p.SourceAccount = "210987654321" }),
			), nil, alias),
		)},
		"buckets-through-eventbridge": {before: withBuckets, service: testService(
			readingBucket("thumbnails", "Named", s3(cloudformation.Ref("Named"), bridge),
				s3(cloudformation.Ref("Generated"), bridge), s3("arn:aws:s3:::other-uploads", bridge)),
		)},
	}
}

func TestBucketsThatCannotNotify(t *testing.T) {
	tests := map[string]struct {
		functions []*sparta.LambdaAWSInfo
		want      string
	}{
		"two functions and one event": {
			[]*sparta.LambdaAWSInfo{
				invoked("a", permissions(s3("arn:aws:s3:::other", keys("images/", ""))), nil, nil),
				invoked("b", permissions(s3("arn:aws:s3:::other", keys("images/big/", ".jpg"))), nil, nil),
			},
			"bucket arn:aws:s3:::other would notify both function a (keys images/*) and function b (keys " +
				"images/big/*.jpg) of s3:ObjectCreated:*, but S3 notifies one destination of each event: use other " +
				"Events, prefixes or suffixes, or set EventBridge of one",
		},
		"an event that already has a destination in the template": {
			[]*sparta.LambdaAWSInfo{
				invoked("a", permissions(s3(cloudformation.Ref("Named"), func(p *sparta.S3Permission) {
					p.Events = []string{"s3:ObjectRemoved:Delete"}
				})), nil, nil),
			},
			"bucket Named cannot notify function a of s3:ObjectRemoved:Delete (keys *): entry 1 of its " +
				"QueueConfigurations (keys *) already notifies another destination of that event, and S3 allows " +
				"only one: use other Events, prefixes or suffixes, or set EventBridge of the S3Permission",
		},
		"another owner": {
			[]*sparta.LambdaAWSInfo{
				invoked("a", permissions(s3("arn:aws:s3:::other", keys("a/", ""))), nil, nil),
				invoked("b", permissions(s3("arn:aws:s3:::other", func(p *sparta.S3Permission) {
					keys("b/", "")(p)
					p.SourceAccount = "210987654321"
				})), nil, nil),
			},
			`bucket arn:aws:s3:::other has the SourceAccount "" for function a and "210987654321" for function b: ` +
				"use one",
		},
		"an event that EventBridge does not have": {
			[]*sparta.LambdaAWSInfo{invoked("a", permissions(s3("arn:aws:s3:::other", func(p *sparta.S3Permission) {
				p.Events, p.EventBridge = []string{"s3:Replication:*"}, true
			})), nil, nil)},
			"function a: event s3:Replication:* of Events is not one that S3 sends to EventBridge: use another one, " +
				"such as s3:ObjectCreated:*, or clear EventBridge",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			template, service := withBuckets(), testService(test.functions...)
			if err := AddTo(template, service, testPackage, testCode); err != nil {
				t.Fatal(err)
			}
			if err := Connect(template, service); err == nil || err.Error() != test.want {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

// A function that refers to the bucket, in its variables, its role or what these refer to, would make a circle.
func TestABucketThatTheFunctionReachesIsNotChanged(t *testing.T) {
	tests := map[string]func(*sparta.LambdaAWSInfo, *cloudformation.Template){
		"by a variable": func(info *sparta.LambdaAWSInfo, _ *cloudformation.Template) {
			info.Options.Environment = map[string]any{"BUCKET": cloudformation.Ref("Named")}
		},
		"through a resource": func(info *sparta.LambdaAWSInfo, template *cloudformation.Template) {
			template.Resources["Table"] = &cloudformation.Resource{
				Type: "AWS::DynamoDB::Table", DependsOn: []string{"Named"},
			}
			info.Options.Environment = map[string]any{"TABLE": cloudformation.Ref("Table")}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			template := withBuckets()
			info := invoked("a", permissions(s3(cloudformation.Ref("Named"), nil)), nil, nil)
			change(info, template)
			service := testService(info)
			if err := AddTo(template, service, testPackage, testCode); err != nil {
				t.Fatal(err)
			}
			if err := Connect(template, service); err != nil {
				t.Fatal(err)
			}
			named := template.Resources["Named"]
			own, _ := named.Properties["NotificationConfiguration"].(map[string]any)
			if own["LambdaConfigurations"] != nil || len(named.DependsOn) > 0 {
				t.Errorf("the bucket is %+v, want it unchanged", named)
			}
			if template.Resources["S3NamedNotifications"] == nil {
				t.Error("nothing notifies the function")
			}
			if _, err := template.Marshal(); err != nil {
				t.Error(err)
			}
		})
	}
}

// The module is in the template, for CloudFormation to pack.
func TestModulesFitIntoATemplate(t *testing.T) {
	template, service := withBuckets(), bucketCases()["buckets-with-custom-resources"].service
	if err := AddTo(template, service, testPackage, testCode); err != nil {
		t.Fatal(err)
	}
	if err := Connect(template, service); err != nil {
		t.Fatal(err)
	}
	code, _ := template.Resources["SpartaNotificationsFunction"].Properties["Code"].(map[string]any)
	source, _ := code["ZipFile"].(string)
	if !strings.Contains(source, "def handler(event, context):") || !strings.Contains(source, "def apply(event):") {
		t.Errorf("the module is %q", source)
	}
	if len(source) > 20_000 {
		t.Errorf("the module has %d bytes", len(source))
	}
}
