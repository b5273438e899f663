//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/sqs"
)

// Deploy creates a stack, as another tool would: from a template in JSON, with these tags.
func (a *Account) Deploy(t testing.TB, stack, template string, tags map[string]string) {
	t.Helper()
	input := &cloudformation.CreateChangeSetInput{
		StackName:     &stack,
		ChangeSetName: aws.String("by-another-tool"),
		ChangeSetType: aws.String("CREATE"),
		TemplateBody:  &template,
		Capabilities:  aws.StringSlice([]string{"CAPABILITY_NAMED_IAM"}),
	}
	for key, value := range tags {
		input.Tags = append(input.Tags, &cloudformation.Tag{Key: aws.String(key), Value: aws.String(value)})
	}
	client := cloudformation.New(a.Session(t))
	set, err := client.CreateChangeSet(input)
	if err == nil {
		_, err = client.ExecuteChangeSet(&cloudformation.ExecuteChangeSetInput{ChangeSetName: set.Id})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Snapshot describes what the account holds, for two to be compared: stacks with their tags, templates, resources,
// events and change sets; buckets and the versions in them; functions, roles and queues. A line each.
func (a *Account) Snapshot(t testing.TB) string {
	t.Helper()
	sess := a.Session(t)
	var lines []string
	note := func(what string, values ...any) {
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, what+" "+string(text))
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("take a snapshot: %v", err)
		}
	}
	a.noteStacks(t, cloudformation.New(sess), note)

	objects := s3.New(sess)
	buckets, err := objects.ListBuckets(&s3.ListBucketsInput{})
	must(err)
	for _, bucket := range buckets.Buckets {
		versions, err := objects.ListObjectVersions(&s3.ListObjectVersionsInput{Bucket: bucket.Name})
		must(err)
		note("bucket "+*bucket.Name, versions.Versions, versions.DeleteMarkers)
	}
	functions, err := lambda.New(sess).ListFunctions(&lambda.ListFunctionsInput{})
	must(err)
	for _, function := range functions.Functions {
		note("function "+*function.FunctionName, function)
	}
	roles, err := iam.New(sess).ListRoles(&iam.ListRolesInput{})
	must(err)
	for _, role := range roles.Roles {
		note("role "+*role.RoleName, role)
	}
	queues, err := sqs.New(sess).ListQueues(&sqs.ListQueuesInput{})
	must(err)
	note("queues", queues.QueueUrls)
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func (a *Account) noteStacks(t testing.TB, client *cloudformation.CloudFormation, note func(string, ...any)) {
	t.Helper()
	stacks, err := client.DescribeStacks(&cloudformation.DescribeStacksInput{})
	if err != nil {
		t.Fatal(err)
	}
	for _, stack := range stacks.Stacks {
		slices.SortFunc(stack.Tags, func(a, b *cloudformation.Tag) int { return strings.Compare(*a.Key, *b.Key) })
		template, err := client.GetTemplate(&cloudformation.GetTemplateInput{StackName: stack.StackId})
		if err != nil {
			t.Fatal(err)
		}
		resources, err := client.ListStackResources(&cloudformation.ListStackResourcesInput{StackName: stack.StackId})
		if err != nil {
			t.Fatal(err)
		}
		events, err := client.DescribeStackEvents(&cloudformation.DescribeStackEventsInput{StackName: stack.StackId})
		if err != nil {
			t.Fatal(err)
		}
		sets, err := client.ListChangeSets(&cloudformation.ListChangeSetsInput{StackName: stack.StackId})
		if err != nil {
			t.Fatal(err)
		}
		note("stack "+*stack.StackName, stack, template.TemplateBody, resources.StackResourceSummaries,
			len(events.StackEvents), sets.Summaries)
	}
}
