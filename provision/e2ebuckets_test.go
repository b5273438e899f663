package provision_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// bucketEvents is a permission for a bucket's events of keys that begin with the prefix.
func bucketEvents(bucket any, prefix string, events ...string) sparta.S3Permission {
	permission := sparta.S3Permission{BasePermission: sparta.BasePermission{SourceArn: bucket}, Events: events}
	if prefix != "" {
		permission.Filter.Key.FilterRules = []sparta.S3FilterRule{{Name: "prefix", Value: prefix}}
	}
	return permission
}

// notified lists a bucket's notifications: each with the destination's name, events and prefix.
func (d *deployment) notified(bucket string) []string {
	d.t.Helper()
	type configuration struct {
		LambdaFunctionArn, QueueArn string
		Events                      []string
		Filter                      struct {
			Key struct {
				FilterRules []struct{ Name, Value string }
			}
		}
	}
	var found struct {
		LambdaFunctionConfigurations, QueueConfigurations []configuration
		EventBridgeConfiguration                          *struct{}
	}
	out := d.account.CLI(d.t, nil, "s3api", "get-bucket-notification-configuration", "--bucket", bucket)
	if len(out) > 0 {
		d.account.CLI(d.t, &found, "s3api", "get-bucket-notification-configuration", "--bucket", bucket)
	}
	var list []string
	for _, one := range append(found.LambdaFunctionConfigurations, found.QueueConfigurations...) {
		arn := one.LambdaFunctionArn + one.QueueArn
		slices.Sort(one.Events)
		list = append(list, fmt.Sprintf("%s %s %v", arn[strings.LastIndexByte(arn, ':')+1:],
			strings.Join(one.Events, ","), one.Filter.Key.FilterRules))
	}
	if found.EventBridgeConfiguration != nil {
		list = append(list, "EventBridge")
	}
	slices.Sort(list)
	return list
}

func (d *deployment) wantNotified(bucket string, want ...string) {
	d.t.Helper()
	slices.Sort(want)
	if got := d.notified(bucket); !slices.Equal(got, want) {
		d.t.Errorf("bucket %s notifies %q\nwant %q\n%s", bucket, got, want, d.log)
	}
}

// deleteStack deletes the service's stack.
func (d *deployment) deleteStack() {
	d.t.Helper()
	err := d.do(func(ctx context.Context, session provision.SessionOptions) error {
		return provision.Delete(ctx, d.service, provision.DeleteOptions{
			Delete: commandline.Delete{Yes: true}, Session: session, Logger: d.options.Logger,
		})
	})
	if err != nil {
		d.t.Fatalf("delete: %v\n%s", err, d.log)
	}
}

// inStack renames the service, so that it has another stack.
func (d *deployment) inStack(name string) *deployment {
	other := *d
	other.service.Name = name
	other.service.Functions = nil
	for _, info := range d.service.Functions {
		function := *info
		other.service.Functions = append(other.service.Functions, &function)
	}
	return &other
}

// foreignQueue is the notification configuration that somebody else has given the bucket.
const foreignQueue = `{"EventBridgeConfiguration": {}, "QueueConfigurations": [{"Id": "theirs", "QueueArn":
	"arn:aws:sqs:us-east-1:%s:theirs", "Events": ["s3:ObjectRemoved:*"]}]}`

// TestStacksShareABucket: each changes and removes what it has made, and nothing else.
func TestStacksShareABucket(t *testing.T) {
	d := newDeployment(t)
	bucket := d.account.Bucket("shared")
	d.account.CLI(t, nil, "s3api", "create-bucket", "--bucket", bucket)
	d.account.CLI(t, nil, "s3api", "put-bucket-notification-configuration", "--bucket", bucket,
		"--notification-configuration", fmt.Sprintf(foreignQueue, d.account.ID))
	const theirs = "theirs s3:ObjectRemoved:* []"
	arn := "arn:aws:s3:::" + bucket

	first, second := d.inStack("First"), d.inStack("First-too") // the second name begins with the first
	permit := func(d *deployment, permissions ...sparta.LambdaPermissionExporter) {
		d.service.Functions[0].Permissions = permissions
	}
	permit(first, bucketEvents(arn, "a/", "s3:ObjectCreated:*"), bucketEvents(arn, "c/", "s3:ObjectCreated:Put"))
	permit(second, bucketEvents(arn, "b/", "s3:ObjectCreated:*"))
	first.must()
	second.must()
	const (
		firstA  = "First-hello s3:ObjectCreated:* [{Prefix a/}]"
		firstC  = "First-hello s3:ObjectCreated:Put [{Prefix c/}]"
		secondB = "First-too-hello s3:ObjectCreated:* [{Prefix b/}]"
	)
	d.wantNotified(bucket, firstA, firstC, secondB, theirs, "EventBridge")
	if result := first.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	permit(first, bucketEvents(arn, "a/", "s3:ObjectCreated:*", "s3:ObjectTagging:Put"))
	first.must()
	const changed = "First-hello s3:ObjectCreated:*,s3:ObjectTagging:Put [{Prefix a/}]"
	d.wantNotified(bucket, changed, secondB, theirs, "EventBridge")

	// A failure after the notifications have changed brings the earlier ones back.
	permit(first, bucketEvents(arn, "d/", "s3:ObjectCreated:*"))
	first.service.Hooks = &sparta.WorkflowHooks{PostMarshall: []sparta.WorkflowHook{
		func(_ context.Context, w *sparta.Workflow) error {
			return w.Template.Add("Broken", &cloudformation.Resource{
				Type: "AWS::SQS::Queue", DependsOn: notificationIDs(w.Template),
			})
		},
	}}
	first.options.Tags = map[string]string{"testaws:fail": "Broken"}
	if _, err := first.run(); err == nil {
		t.Error("the stack was updated although a resource failed")
	}
	first.service.Hooks, first.options.Tags = nil, nil
	d.wantNotified(bucket, changed, secondB, theirs, "EventBridge")

	// Removing the permission removes only the stack's own notifications.
	permit(first)
	first.must()
	d.wantNotified(bucket, secondB, theirs, "EventBridge")
	second.deleteStack()
	d.wantNotified(bucket, theirs, "EventBridge")
}

// notificationIDs are the logical IDs of the custom resources of buckets.
func notificationIDs(template *cloudformation.Template) []string {
	var ids []string
	for id, resource := range template.Resources {
		if resource.Type == "AWS::CloudFormation::CustomResource" {
			ids = append(ids, id)
		}
	}
	return ids
}

// TestNotificationsThatOverlapFailTheStack: the error has the reason, and the bucket stays as it was.
func TestNotificationsThatOverlapFailTheStack(t *testing.T) {
	d := newDeployment(t)
	bucket := d.account.Bucket("taken")
	d.account.CLI(t, nil, "s3api", "create-bucket", "--bucket", bucket)
	d.account.CLI(t, nil, "s3api", "put-bucket-notification-configuration", "--bucket", bucket,
		"--notification-configuration", fmt.Sprintf(foreignQueue, d.account.ID))
	permission := bucketEvents("arn:aws:s3:::"+bucket, "a/", "s3:ObjectRemoved:Delete")
	d.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{permission}
	_, err := d.run()
	want := fmt.Sprintf("bucket %s cannot notify arn:aws:lambda:us-east-1:%s:function:Tested-hello of "+
		"s3:ObjectRemoved:Delete of keys a/*, because it already notifies "+
		"arn:aws:sqs:us-east-1:%s:theirs of s3:ObjectRemoved:* of keys * (configuration theirs), and S3 allows only "+
		"one destination for an event",
		bucket, d.account.ID, d.account.ID)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v\n    want %s", err, want)
	}
	d.wantNotified(bucket, "theirs s3:ObjectRemoved:* []", "EventBridge")
}

// TestABucketThatDoesNotExistFailsTheStack: its deletion in the rollback is answered, too.
func TestABucketThatDoesNotExistFailsTheStack(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Permissions = []sparta.LambdaPermissionExporter{
		bucketEvents("arn:aws:s3:::"+d.account.Bucket("missing"), "", "s3:ObjectCreated:*"),
	}
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "NoSuchBucket") {
		t.Errorf("error is %v, want NoSuchBucket", err)
	}
	var stacks struct {
		Stacks []struct{ StackStatus string }
	}
	d.account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	for _, stack := range stacks.Stacks {
		if strings.Contains(stack.StackStatus, "FAILED") {
			t.Errorf("the stack is %s", stack.StackStatus)
		}
	}
}

// TestBucketsOfTheStackNotify its function: one in its own configuration, one that the function may read, and one whose
// settings the template changes later.
func TestBucketsOfTheStackNotify(t *testing.T) {
	d := newDeployment(t)
	named := d.account.Bucket("named")
	info := d.service.Functions[0]
	info.RoleDefinition.Privileges = []sparta.IAMRolePrivilege{{
		Actions: []string{"s3:GetObject"}, Resource: cloudformation.Sub("${Generated.Arn}/*"),
	}}
	info.Permissions = []sparta.LambdaPermissionExporter{
		bucketEvents(cloudformation.Ref("Named"), "", "s3:ObjectCreated:*", "s3:ObjectTagging:Put"),
		bucketEvents(cloudformation.GetAtt{"Generated", "Arn"}, "in/", "s3:ObjectCreated:*"),
	}
	queue := "s3:ObjectRemoved:*"
	d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
		func(_ context.Context, w *sparta.Workflow) error {
			w.Template.Resources["Named"] = &cloudformation.Resource{
				Type: "AWS::S3::Bucket", Properties: map[string]any{"BucketName": named},
			}
			w.Template.Resources["Generated"] = &cloudformation.Resource{
				Type: "AWS::S3::Bucket", Properties: map[string]any{"NotificationConfiguration": map[string]any{
					"QueueConfigurations": []any{map[string]any{
						"Event": queue, "Queue": fmt.Sprintf("arn:aws:sqs:us-east-1:%s:own", d.account.ID),
					}},
				}},
			}
			w.Template.Outputs["Generated"] = cloudformation.Output{Value: cloudformation.Ref("Generated")}
			return nil
		},
	}}
	generated := d.must().Outputs["Generated"]
	d.wantNotified(named, "Tested-hello s3:ObjectCreated:* []", "Tested-hello s3:ObjectTagging:Put []")
	d.wantNotified(generated, "own s3:ObjectRemoved:* []", "Tested-hello s3:ObjectCreated:* [{Prefix in/}]")
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}

	// CloudFormation replaces all notifications when the template's change.
	queue = "s3:ObjectRemoved:Delete"
	d.must()
	d.wantNotified(generated, "own s3:ObjectRemoved:Delete []", "Tested-hello s3:ObjectCreated:* [{Prefix in/}]")
	policy := string(d.account.CLI(t, nil, "lambda", "get-policy", "--function-name", "Tested-hello"))
	if strings.Count(policy, "AWS:SourceAccount") != 2 || strings.Count(policy, d.account.ID) < 2 {
		t.Errorf("the function's policy is %s, want it to require this account for both buckets", policy)
	}
	d.deleteStack()
}
