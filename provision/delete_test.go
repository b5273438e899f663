//go:build go1.25

package provision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/buckets"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// plainLog is a logger whose lines a test can read.
func plainLog(w *bytes.Buffer) *logrus.Logger {
	return &logrus.Logger{
		Out:       w,
		Level:     logrus.DebugLevel,
		Hooks:     logrus.LevelHooks{},
		Formatter: &logrus.TextFormatter{DisableTimestamp: true, DisableQuote: true},
	}
}

// contents is what a stack holds.
type contents struct {
	resources []cfntypes.StackResourceSummary
	template  string
	buckets   map[string][]string // keys and versions: a key of "gone" is a delete marker
	refusals  map[string]error    // by operation
	undelete  string              // a key that S3 keeps
	requests  []string
}

func (c *contents) ListStackResources(
	_ context.Context, in *cfn.ListStackResourcesInput, _ ...func(*cfn.Options),
) (*cfn.ListStackResourcesOutput, error) {
	if err := c.refusals["ListStackResources"]; err != nil {
		return nil, err
	}
	page, next := paged(c.resources, in.NextToken, 1)
	return &cfn.ListStackResourcesOutput{StackResourceSummaries: page, NextToken: next}, nil
}

func (c *contents) GetTemplate(
	context.Context, *cfn.GetTemplateInput, ...func(*cfn.Options),
) (*cfn.GetTemplateOutput, error) {
	return &cfn.GetTemplateOutput{TemplateBody: &c.template}, c.refusals["GetTemplate"]
}

func (c *contents) ListObjectVersions(
	_ context.Context, in *s3.ListObjectVersionsInput, _ ...func(*s3.Options),
) (*s3.ListObjectVersionsOutput, error) {
	if err := c.refusals["ListObjectVersions "+*in.Bucket]; err != nil {
		return nil, err
	}
	if *in.ExpectedBucketOwner != "123456789012" {
		return nil, errors.New("whose bucket it is does not matter")
	}
	objects := c.buckets[*in.Bucket] // after the marker, which may be gone meanwhile
	if in.KeyMarker != nil {
		marker := *in.KeyMarker + "@" + *in.VersionIdMarker
		objects = objects[max(0, slices.Index(objects, marker)+1):]
	}
	page := &s3.ListObjectVersionsOutput{}
	for i, object := range objects {
		key, version, _ := strings.Cut(object, "@")
		if i == 1000 {
			page.IsTruncated = aws.Bool(true)
			break
		}
		page.NextKeyMarker, page.NextVersionIdMarker = &key, &version
		if key == "gone" {
			page.DeleteMarkers = append(page.DeleteMarkers, s3types.DeleteMarkerEntry{Key: &key, VersionId: &version})
		} else {
			page.Versions = append(page.Versions, s3types.ObjectVersion{Key: &key, VersionId: &version})
		}
	}
	return page, nil
}

func (c *contents) DeleteObjects(
	_ context.Context, in *s3.DeleteObjectsInput, _ ...func(*s3.Options),
) (*s3.DeleteObjectsOutput, error) {
	c.requests = append(c.requests, fmt.Sprintf("%s %d", *in.Bucket, len(in.Delete.Objects)))
	if err := c.refusals["DeleteObjects"]; err != nil {
		return nil, err
	}
	if *in.ExpectedBucketOwner != "123456789012" || len(in.Delete.Objects) > 1000 {
		return nil, fmt.Errorf("%d objects of %s", len(in.Delete.Objects), *in.ExpectedBucketOwner)
	}
	answer := &s3.DeleteObjectsOutput{}
	for _, object := range in.Delete.Objects {
		if *object.Key == c.undelete {
			answer.Errors = append(answer.Errors, s3types.Error{
				Key:     object.Key,
				Code:    aws.String("AccessDenied"),
				Message: aws.String("Object Lock holds it"),
			})
			continue
		}
		name := *object.Key + "@" + *object.VersionId
		c.buckets[*in.Bucket] = slices.DeleteFunc(c.buckets[*in.Bucket], func(other string) bool {
			return other == name
		})
	}
	return answer, nil
}

// protected is CloudFormation whose stacks are protected from termination.
type protected struct{ *fakeCFN }

func (p protected) DescribeStacks(
	ctx context.Context, in *cfn.DescribeStacksInput, options ...func(*cfn.Options),
) (*cfn.DescribeStacksOutput, error) {
	answer, err := p.fakeCFN.DescribeStacks(ctx, in, options...)
	if err == nil {
		answer.Stacks[0].EnableTerminationProtection = aws.Bool(true)
	}
	return answer, err
}

func held(kind, id, physical, status string) cfntypes.StackResourceSummary {
	return cfntypes.StackResourceSummary{
		ResourceType:       &kind,
		LogicalResourceId:  &id,
		PhysicalResourceId: &physical,
		ResourceStatus:     cfntypes.ResourceStatus(status),
	}
}

// undeleted is the event of a resource that cannot be deleted, some seconds after the start.
func undeleted(seconds int, id, kind, reason string) step {
	return step{
		after: time.Duration(seconds) * time.Second, id: id, kind: kind, status: "DELETE_FAILED", reason: reason,
	}
}

func TestDelete(t *testing.T) {
	replicated := undeleted(3, "HelloFunction", "AWS::Lambda::Function",
		"Lambda was unable to delete arn:1 because it is a replicated function.")
	tests := map[string]struct {
		arrange func(*fakeCFN, *contents) stack.API // nil is the fake itself
		state   string                              // of the stack; empty means that there is none
		options DeleteOptions
		deleted bool
		left    []string // what the stack's bucket holds in the end
		log     []string
		stdout  string
		err     []string
	}{
		"a stack that does not exist is deleted already": {log: []string{"there is no stack svc: nothing to delete"}},
		"a stack is deleted and its events are shown": {
			state: "CREATE_COMPLETE", deleted: true,
			log: []string{"DELETE_IN_PROGRESS svc", "DELETE_COMPLETE svc", "stack svc is deleted"},
		},
		"a stack under review, which has no events": {
			state: "REVIEW_IN_PROGRESS", deleted: true,
			arrange: func(f *fakeCFN, _ *contents) stack.API {
				f.deletes = []step{{status: "DELETE_COMPLETE"}}
				return nil
			},
			log: []string{"stack svc is deleted"},
		},
		"its bucket is emptied of versions and markers, by the thousand": {
			state: "CREATE_COMPLETE", deleted: true,
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"gone@1", "gone@2"}
				for i := range 2100 {
					c.buckets["site"] = append(c.buckets["site"], fmt.Sprintf("k%d@%d", i/2, i%2))
				}
				return nil
			},
			log: []string{"deleted 2102 object versions from bucket site"},
		},
		"a bucket that is to outlive the stack is kept": {
			state: "CREATE_COMPLETE", deleted: true, left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"], c.template = []string{"a@1"}, `{"Resources": {"Site": {"DeletionPolicy": "Retain"}}}`
				return nil
			},
			log: []string{"bucket site stays as it is: its deletion policy is Retain"},
		},
		"a bucket that does not exist any more": {
			state:   "CREATE_COMPLETE",
			deleted: true,
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.refusals["ListObjectVersions site"] = refusal(404, "NoSuchBucket",
					"The specified bucket does not exist")
				return nil
			},
		},
		"a template of somebody else's, which does not show its buckets": {
			state: "CREATE_COMPLETE", left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"], c.template = []string{"a@1"}, "Resources:\n  Site:\n"
				return nil
			},
			err: []string{"delete stack svc: ", "empty them yourself"},
		},
		"an object that is kept from being deleted": {
			state: "CREATE_COMPLETE", left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"], c.undelete = []string{"a@1"}, "a"
				return nil
			},
			err: []string{"delete stack svc: empty bucket site: delete a: Object Lock holds it (AccessDenied)"},
		},
		"objects that one may list and not delete": {
			state: "CREATE_COMPLETE", left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"a@1"}
				c.refusals["DeleteObjects"] = refusal(403, "AccessDenied", "no")
				return nil
			},
			err: []string{"s3:DeleteObjectVersion is denied to arn:aws:iam::123456789012:user/dev"},
		},
		"objects that one may not list": {
			state: "CREATE_COMPLETE", left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"a@1"}
				c.refusals["ListObjectVersions site"] = refusal(403, "AccessDenied", "no")
				return nil
			},
			err: []string{"s3:ListBucketVersions is denied to arn:aws:iam::123456789012:user/dev"},
		},
		"with noop it is shown and left": {
			state:   "CREATE_COMPLETE",
			options: DeleteOptions{Delete: commandline.Delete{NoOp: true}},
			left:    []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"a@1"}
				return nil
			},
			stdout: `ACTION  RESOURCE       TYPE                   ID
Remove  HelloFunction  AWS::Lambda::Function  svc-hello
Remove  Site           AWS::S3::Bucket        site
`,
		},
		"a stack that is protected from termination": {
			state: "CREATE_COMPLETE",
			left:  []string{"a@1"},
			arrange: func(f *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"a@1"}
				return protected{f}
			},
			err: []string{
				"delete stack svc: it is protected from termination",
				"--no-enable-termination-protection --stack-name svc",
			},
		},
		"a stack that is being updated": {
			state: "UPDATE_IN_PROGRESS", left: []string{"a@1"},
			arrange: func(_ *fakeCFN, c *contents) stack.API {
				c.buckets["site"] = []string{"a@1"}
				return nil
			},
			err: []string{"delete stack svc: it is UPDATE_IN_PROGRESS: wait until that has ended"},
		},
		"a stack that is being deleted is waited for": {
			state: "DELETE_IN_PROGRESS", deleted: true,
			log: []string{"is being deleted already", "stack svc is deleted"},
		},
		"what could not be deleted is named, with its reason": {
			state: "CREATE_COMPLETE",
			arrange: func(f *fakeCFN, _ *contents) stack.API {
				f.deletes = []step{
					{status: "DELETE_IN_PROGRESS"},
					undeleted(3, "Site", buckets.Type, "The bucket you tried to delete is not empty"),
					undeleted(4, "Net", "AWS::EC2::VPC", "It has dependencies"),
					{
						after:  5 * time.Second,
						status: "DELETE_FAILED",
						reason: "The following resource(s) failed to delete: [Site, Net].",
					},
				}
				return nil
			},
			err: []string{
				"stack svc is DELETE_FAILED: fix this and delete it again:\n" +
					"Site (AWS::S3::Bucket): The bucket you tried to delete is not empty\n" +
					"Net (AWS::EC2::VPC): It has dependencies",
			},
		},
		"a function that CloudFront has replicated": {
			state: "CREATE_COMPLETE",
			arrange: func(f *fakeCFN, _ *contents) stack.API {
				f.deletes = []step{
					{status: "DELETE_IN_PROGRESS"},
					replicated,
					{after: 5 * time.Second, status: "DELETE_FAILED"},
				}
				return nil
			},
			err: []string{
				"stack svc is DELETE_FAILED, because CloudFront still has replicas of functions. It deletes them by " +
					"itself, some hours after the last distribution has stopped running the functions: delete the " +
					"stack again then:\n" +
					"HelloFunction (AWS::Lambda::Function): Lambda was unable to delete arn:1 because it is a " +
					"replicated function.",
			},
		},
		"replicas, and a bucket that is not empty": {
			state: "CREATE_COMPLETE",
			arrange: func(f *fakeCFN, _ *contents) stack.API {
				f.deletes = []step{
					{status: "DELETE_IN_PROGRESS"},
					replicated,
					undeleted(4, "Site", buckets.Type, "The bucket you tried to delete is not empty"),
					{after: 5 * time.Second, status: "DELETE_FAILED"},
				}
				return nil
			},
			err: []string{
				"stack svc is DELETE_FAILED. CloudFront still has replicas of functions. It deletes them by itself, " +
					"some hours after the last distribution has stopped running the functions. Fix what else is in " +
					"the way, and delete the stack again then:\n" +
					"HelloFunction (AWS::Lambda::Function): Lambda was unable to delete arn:1 because it is a " +
					"replicated function.\nSite (AWS::S3::Bucket): The bucket you tried to delete is not empty",
			},
		},
		"a deletion that takes longer than -wait": {
			state:   "CREATE_COMPLETE",
			options: DeleteOptions{Delete: commandline.Delete{Wait: time.Minute}},
			arrange: func(f *fakeCFN, _ *contents) stack.API {
				f.deletes = []step{{status: "DELETE_IN_PROGRESS"}, {after: time.Hour, status: "DELETE_COMPLETE"}}
				return nil
			},
			err: []string{
				"not done within 1m0s",
				"CloudFormation continues with stack svc, which is DELETE_IN_PROGRESS",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log, stdout bytes.Buffer
				fake := newFakeCFN()
				inside := &contents{
					template: `{"Resources": {"Site": {}}}`,
					buckets:  map[string][]string{},
					refusals: map[string]error{},
					resources: []cfntypes.StackResourceSummary{
						held("AWS::Lambda::Function", "HelloFunction", "svc-hello", "CREATE_COMPLETE"),
						held(buckets.Type, "Site", "site", "CREATE_COMPLETE"),
						held(buckets.Type, "Former", "former", "DELETE_COMPLETE"),
					},
				}
				inside.buckets["former"], inside.buckets["packages"] = []string{"not-ours@1"}, []string{"svc/1.zip@1"}
				var live *fakeStack
				if test.state != "" {
					live = fake.add("svc", test.state)
				}
				if test.state == "DELETE_IN_PROGRESS" {
					fake.happen(live, "other", fake.deletes)
				}
				var api stack.API = fake
				if test.arrange != nil {
					if other := test.arrange(fake, inside); other != nil {
						api = other
					}
				}
				who := func(context.Context) (connection.Identity, error) {
					return connection.Identity{ARN: "arn:aws:iam::123456789012:user/dev"}, nil
				}
				d := deletion{
					Client: stack.Client{Caller: newCaller(plainLog(&log), who), API: api}, resources: inside,
					objects: inside,
				}
				test.options.Stdout, test.options.Yes = &stdout, true
				claim, err := newClaim(Service{Name: "svc"}, "", "")
				if err != nil {
					t.Fatal(err)
				}
				err = d.run(t.Context(), claim, test.options)

				if (err == nil) != (test.err == nil) {
					t.Fatalf("error %v\n%s", err, &log)
				}
				for _, want := range test.err {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("error %q\nlacks %q", err, want)
					}
				}
				for _, want := range test.log {
					if !strings.Contains(log.String(), want) {
						t.Errorf("log lacks %q:\n%s", want, &log)
					}
				}
				if got := stdout.String(); got != test.stdout {
					t.Errorf("stdout is %q\n    want %q", got, test.stdout)
				}
				if gone := live != nil && live.status() == "DELETE_COMPLETE"; gone != test.deleted {
					t.Errorf("deleted: %t", gone)
				}
				if got := inside.buckets["site"]; len(got) != len(test.left) {
					t.Errorf("the stack's bucket has %d objects left, want %v", len(got), test.left)
				}
				if len(inside.buckets["former"]) != 1 || len(inside.buckets["packages"]) != 1 {
					t.Errorf("buckets that are not the stack's lost objects: %v", inside.requests)
				}
			})
		})
	}
}
