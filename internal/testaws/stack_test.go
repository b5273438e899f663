//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/s3"

	"github.com/go-sparta/sparta/internal/testaws"
)

type object = map[string]any

// stack deploys templates as a user of CloudFormation does.
type stack struct {
	t    *testing.T
	cfn  *cloudformation.CloudFormation
	name string
	sets int
}

func newStack(t *testing.T, account *testaws.Account) *stack {
	t.Helper()
	return &stack{t: t, cfn: cloudformation.New(account.Session(t)), name: "tested"}
}

func document(t *testing.T, template object) *string {
	t.Helper()
	text, err := json.Marshal(template)
	if err != nil {
		t.Fatal(err)
	}
	return aws.String(string(text))
}

// changeSet makes a change set and returns its description.
func (s *stack) changeSet(
	kind string, template object, tags map[string]string,
) (*cloudformation.DescribeChangeSetOutput, error) {
	s.t.Helper()
	s.sets++
	input := &cloudformation.CreateChangeSetInput{
		StackName:     &s.name,
		ChangeSetName: aws.String(fmt.Sprint("set-", s.sets)),
		ChangeSetType: &kind,
		TemplateBody:  document(s.t, template),
		Capabilities:  aws.StringSlice([]string{"CAPABILITY_NAMED_IAM"}),
	}
	for key, value := range tags {
		input.Tags = append(input.Tags, &cloudformation.Tag{Key: aws.String(key), Value: aws.String(value)})
	}
	made, err := s.cfn.CreateChangeSet(input)
	if err != nil {
		return nil, err
	}
	return s.cfn.DescribeChangeSet(&cloudformation.DescribeChangeSetInput{ChangeSetName: made.Id})
}

// deploy makes and executes a change set and returns the stack.
func (s *stack) deploy(kind string, template object, tags map[string]string) *cloudformation.Stack {
	s.t.Helper()
	set, err := s.changeSet(kind, template, tags)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.execute(set); err != nil {
		s.t.Fatal(err)
	}
	return s.describe()
}

func (s *stack) execute(set *cloudformation.DescribeChangeSetOutput) error {
	_, err := s.cfn.ExecuteChangeSet(&cloudformation.ExecuteChangeSetInput{ChangeSetName: set.ChangeSetId})
	return err
}

func (s *stack) describe() *cloudformation.Stack {
	s.t.Helper()
	described, err := s.cfn.DescribeStacks(&cloudformation.DescribeStacksInput{StackName: &s.name})
	if err != nil {
		s.t.Fatal(err)
	}
	return described.Stacks[0]
}

// events are all of them, oldest first, as "logical ID status".
func (s *stack) events() []string {
	s.t.Helper()
	var events []string
	input := &cloudformation.DescribeStackEventsInput{StackName: &s.name}
	err := s.cfn.DescribeStackEventsPages(input, func(page *cloudformation.DescribeStackEventsOutput, _ bool) bool {
		for _, event := range page.StackEvents {
			text := aws.StringValue(event.LogicalResourceId) + " " + aws.StringValue(event.ResourceStatus)
			events = append(events, text)
		}
		return true
	})
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Reverse(events)
	return events
}

func code(err error) string {
	var failure awserr.Error
	if errors.As(err, &failure) {
		return failure.Code()
	}
	return fmt.Sprint(err)
}

func queue(properties object) object {
	return object{"Type": "AWS::SQS::Queue", "Properties": properties}
}

func queues(names ...string) object {
	resources := object{}
	for _, name := range names {
		resources[name] = queue(object{"VisibilityTimeout": 30})
	}
	return object{"Resources": resources}
}

func TestOutputsAndExportsComeWithTheChangeSet(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	template := queues("Queue")
	template["Outputs"] = object{
		"Arn": object{
			"Value":  object{"Fn::GetAtt": []string{"Queue", "Arn"}},
			"Export": object{"Name": "shared"},
		},
	}
	described := s.deploy("CREATE", template, map[string]string{"team": "a"})
	if *described.StackStatus != "CREATE_COMPLETE" || len(described.Outputs) != 1 ||
		!strings.HasPrefix(*described.Outputs[0].OutputValue, "arn:aws:sqs:") {
		t.Errorf("stack %s, want CREATE_COMPLETE with the queue's ARN", described)
	}
	if len(described.Tags) != 1 || *described.Tags[0].Key != "team" {
		t.Errorf("tags %v, want those of the change set", described.Tags)
	}
	want := []string{
		"tested REVIEW_IN_PROGRESS",
		"tested CREATE_IN_PROGRESS",
		"Queue CREATE_IN_PROGRESS",
		"Queue CREATE_COMPLETE",
		"tested CREATE_COMPLETE",
	}
	if got := s.events(); !slices.Equal(got, want) {
		t.Errorf("events %q\nwant   %q", got, want)
	}

	other := newStack(t, testaws.Start(t).Account(t))
	other.name = "importer"
	importing := object{
		"Resources": object{
			"Queue": queue(object{"Tags": []object{{"Key": "from", "Value": object{"Fn::ImportValue": "shared"}}}}),
		},
	}
	if got := other.deploy("CREATE", importing, nil); *got.StackStatus != "CREATE_COMPLETE" {
		t.Errorf("a stack that imports is %s: %s", *got.StackStatus, aws.StringValue(got.StackStatusReason))
	}
}

func TestAChangeSetThatChangesNothingFails(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	s.deploy("CREATE", queues("Queue"), nil)
	set, err := s.changeSet("UPDATE", queues("Queue"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if *set.Status != "FAILED" || !strings.Contains(*set.StatusReason, "didn't contain changes") ||
		*set.ExecutionStatus != "UNAVAILABLE" {
		t.Errorf("change set %s", set)
	}
	if err := s.execute(set); code(err) != "InvalidChangeSetStatus" {
		t.Errorf("execute: %v, want InvalidChangeSetStatus", err)
	}
}

func TestAFailedCreationIsRolledBack(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	template := queues("A", "B", "C")
	template["Resources"].(object)["B"].(object)["DependsOn"] = "A"
	template["Resources"].(object)["C"].(object)["DependsOn"] = "B"
	got := s.deploy("CREATE", template, map[string]string{"testaws:fail": "B"})
	if *got.StackStatus != "ROLLBACK_COMPLETE" {
		t.Errorf("stack is %s, want ROLLBACK_COMPLETE", *got.StackStatus)
	}
	events := strings.Join(s.events(), ", ")
	for _, want := range []string{
		"A CREATE_COMPLETE",
		"B CREATE_FAILED, C CREATE_FAILED, tested ROLLBACK_IN_PROGRESS",
		"A DELETE_COMPLETE, tested ROLLBACK_COMPLETE",
	} {
		if !strings.Contains(events, want) {
			t.Errorf("events %s do not contain %s", events, want)
		}
	}
	if _, err := s.changeSet("UPDATE", template, nil); code(err) != "ValidationError" {
		t.Errorf("update of a stack in ROLLBACK_COMPLETE: %v, want ValidationError", err)
	}
}

func TestAFailedUpdateRestoresWhatWas(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	s.deploy("CREATE", queues("A", "B"), nil)
	changed := queues("A", "B", "C")
	changed["Resources"].(object)["A"] = queue(object{"VisibilityTimeout": 60})
	got := s.deploy("UPDATE", changed, map[string]string{"testaws:fail": "C"})
	if *got.StackStatus != "UPDATE_ROLLBACK_COMPLETE" {
		t.Fatalf("stack is %s, want UPDATE_ROLLBACK_COMPLETE", *got.StackStatus)
	}
	set, err := s.changeSet("UPDATE", queues("A", "B"), nil)
	if err != nil || *set.Status != "FAILED" {
		t.Errorf("the old template again: %v %v, want no change", set, err)
	}
}

func TestAFailedRollbackCanBeContinued(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	s.deploy("CREATE", queues("A"), nil)
	changed := queues("A", "B")
	changed["Resources"].(object)["A"] = queue(object{"VisibilityTimeout": 60})
	changed["Resources"].(object)["B"].(object)["DependsOn"] = "A"
	got := s.deploy("UPDATE", changed, map[string]string{"testaws:fail": "B", "testaws:norollback": "A"})
	if *got.StackStatus != "UPDATE_ROLLBACK_FAILED" {
		t.Fatalf("stack is %s, want UPDATE_ROLLBACK_FAILED", *got.StackStatus)
	}
	for _, c := range []struct {
		skip []string
		want string
	}{
		{nil, "UPDATE_ROLLBACK_FAILED"},
		{[]string{"A"}, "UPDATE_ROLLBACK_COMPLETE"},
	} {
		input := &cloudformation.ContinueUpdateRollbackInput{
			StackName:       &s.name,
			ResourcesToSkip: aws.StringSlice(c.skip),
		}
		if _, err := s.cfn.ContinueUpdateRollback(input); err != nil {
			t.Fatal(err)
		}
		if got := s.describe(); *got.StackStatus != c.want {
			t.Errorf("after skipping %v the stack is %s, want %s", c.skip, *got.StackStatus, c.want)
		}
	}
}

func TestABucketThatIsNotEmptyKeepsItsStack(t *testing.T) {
	account := testaws.Start(t).Account(t)
	s, bucket := newStack(t, account), account.Bucket("kept")
	template := object{
		"Resources": object{
			"Bucket": object{"Type": "AWS::S3::Bucket", "Properties": object{"BucketName": bucket}},
		},
	}
	s.deploy("CREATE", template, nil)
	client := s3.New(account.Session(t))
	input := &s3.PutObjectInput{Bucket: &bucket, Key: aws.String("k"), Body: strings.NewReader("v")}
	if _, err := client.PutObject(input); err != nil {
		t.Fatal(err)
	}
	remove := func() {
		t.Helper()
		if _, err := s.cfn.DeleteStack(&cloudformation.DeleteStackInput{StackName: &s.name}); err != nil {
			t.Fatal(err)
		}
	}
	remove()
	got := s.describe()
	if *got.StackStatus != "DELETE_FAILED" || !strings.Contains(*got.StackStatusReason, "[Bucket]") {
		t.Errorf("stack %s, want DELETE_FAILED for its bucket", got)
	}
	if _, err := client.DeleteObject(&s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("k")}); err != nil {
		t.Fatal(err)
	}
	remove()
	_, err := s.cfn.DescribeStacks(&cloudformation.DescribeStacksInput{StackName: &s.name})
	if code(err) != "ValidationError" {
		t.Errorf("describe a deleted stack: %v, want ValidationError", err)
	}
}

func TestEventsComeInPages(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprint("Queue", i))
	}
	s.deploy("CREATE", queues(names...), nil)
	first, err := s.cfn.DescribeStackEvents(&cloudformation.DescribeStackEventsInput{StackName: &s.name})
	if err != nil || len(first.StackEvents) != 100 || first.NextToken == nil {
		t.Fatalf("first page has %d events and token %v (%v), want 100 and one",
			len(first.StackEvents), first.NextToken, err)
	}
	if got := s.events(); len(got) != 2*60+3 {
		t.Errorf("%d events, want two for each resource and three of the stack", len(got))
	}
}

func TestAStackThatTakesItsTimeIsSeenInProgress(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	set, err := s.changeSet("CREATE", queues("Queue"), map[string]string{"testaws:polls": "2"})
	if err != nil || *set.Status != "CREATE_IN_PROGRESS" {
		t.Fatalf("change set %v (%v), want CREATE_IN_PROGRESS", set, err)
	}
	input := &cloudformation.DescribeChangeSetInput{ChangeSetName: set.ChangeSetId}
	for *set.Status != "CREATE_COMPLETE" {
		if set, err = s.cfn.DescribeChangeSet(input); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.execute(set); err != nil {
		t.Fatal(err)
	}
	if got := s.describe(); *got.StackStatus != "CREATE_IN_PROGRESS" {
		t.Errorf("stack is %s at once, want CREATE_IN_PROGRESS", *got.StackStatus)
	}
	deadline := time.Now().Add(20 * time.Second)
	for ; *s.describe().StackStatus != "CREATE_COMPLETE"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("stack is still %s", *s.describe().StackStatus)
		}
	}
}
