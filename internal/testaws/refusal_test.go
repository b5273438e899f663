//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/service/cloudformation"

	"github.com/go-sparta/sparta/internal/testaws"
)

func TestChangeSetsThatCloudFormationRefuses(t *testing.T) {
	role := object{
		"Resources": object{
			"Role": object{
				"Type": "AWS::IAM::Role",
				"Properties": object{
					"AssumeRolePolicyDocument": object{"Version": "2012-10-17", "Statement": []object{}},
				},
			},
		},
	}
	tests := map[string]struct {
		template   object
		body       string // instead of template
		kind, name string
		params     map[string]string
		code, text string
	}{
		"a template that does not parse": {
			body: "[",
			kind: "CREATE",
			code: "ValidationError",
			text: "Template format error",
		},
		"a template without resources": {
			template: object{},
			kind:     "CREATE",
			code:     "ValidationError",
			text:     "At least one Resources member",
		},
		"a resource without a type": {
			template: object{"Resources": object{"A": object{}}},
			kind:     "CREATE",
			code:     "ValidationError",
			text:     "/Resources/A",
		},
		"a reference to nothing": {
			template: object{"Resources": object{"A": queue(object{"QueueName": object{"Ref": "Nothing"}})}},
			kind:     "CREATE",
			code:     "ValidationError",
			text:     "[Nothing]",
		},
		"resources that need each other": {
			template: object{
				"Resources": object{
					"A": queue(object{"QueueName": object{"Ref": "B"}}),
					"B": queue(object{"QueueName": object{"Ref": "A"}}),
				},
			},
			kind: "CREATE",
			code: "ValidationError",
			text: "Circular dependency",
		},
		"a parameter that the template lacks": {
			template: queues("A"),
			kind:     "CREATE",
			params:   map[string]string{"X": "1"},
			code:     "ValidationError",
			text:     "[X] do not exist",
		},
		"a role without the operator's consent": {
			template: role,
			kind:     "CREATE",
			code:     "InsufficientCapabilitiesException",
			text:     "CAPABILITY_IAM",
		},
		"an update of a stack that does not exist": {
			template: queues("A"),
			kind:     "UPDATE",
			code:     "ValidationError",
			text:     "does not exist",
		},
		"a stack name with an underscore": {
			template: queues("A"),
			kind:     "CREATE",
			name:     "under_score",
			code:     "ValidationError",
			text:     "stackName",
		},
		"a template of more than 51,200 characters": {
			body: `{"Resources":{},"Description":"` + strings.Repeat("x", 51200) + `"}`,
			kind: "CREATE",
			code: "ValidationError",
			text: "51200",
		},
	}
	server := testaws.Start(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStack(t, server.Account(t))
			input := &cloudformation.CreateChangeSetInput{
				StackName:     aws.String("tested"),
				ChangeSetName: aws.String("one"),
				ChangeSetType: &test.kind,
				TemplateBody:  &test.body,
			}
			if test.name != "" {
				input.StackName = &test.name
			}
			if test.template != nil {
				input.TemplateBody = document(t, test.template)
			}
			for key, value := range test.params {
				input.Parameters = append(input.Parameters, &cloudformation.Parameter{
					ParameterKey:   aws.String(key),
					ParameterValue: aws.String(value),
				})
			}
			_, err := s.cfn.CreateChangeSet(input)
			if code(err) != test.code || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %v, want %s with %q", err, test.code, test.text)
			}
			stacks, err := s.cfn.DescribeStacks(&cloudformation.DescribeStacksInput{})
			if err != nil || len(stacks.Stacks) != 0 {
				t.Errorf("left %v (%v)", stacks, err)
			}
		})
	}
}

func TestWhatDoesNotExistAndWhatDoes(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	missing := &cloudformation.DescribeChangeSetInput{StackName: &s.name, ChangeSetName: aws.String("missing")}
	if _, err := s.cfn.DescribeChangeSet(missing); code(err) != "ValidationError" {
		t.Errorf("a change set of a missing stack: %v, want ValidationError", err)
	}
	if _, err := s.changeSet("CREATE", queues("A"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.cfn.DescribeChangeSet(missing); code(err) != "ChangeSetNotFound" {
		t.Errorf("a missing change set: %v, want ChangeSetNotFound", err)
	}
	s.sets--
	if _, err := s.changeSet("CREATE", queues("A"), nil); code(err) != "AlreadyExistsException" {
		t.Errorf("the same name twice: %v, want AlreadyExistsException", err)
	}
	s.deploy("CREATE", queues("A"), nil) // the first is superseded
	_, err := s.changeSet("CREATE", queues("A"), nil)
	if code(err) != "ValidationError" || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("create what exists: %v, want ValidationError", err)
	}
	sets, err := s.cfn.ListChangeSets(&cloudformation.ListChangeSetsInput{StackName: &s.name})
	if err != nil || len(sets.Summaries) != 0 {
		t.Errorf("change sets %v (%v), want that none waits to be executed", sets.Summaries, err)
	}
}

func TestATypeThatTheStandInLacksFailsLoudly(t *testing.T) {
	s := newStack(t, testaws.Start(t).Account(t))
	got := s.deploy("CREATE", object{"Resources": object{"Scheduled": object{"Type": "AWS::Scheduler::Schedule"}}}, nil)
	if *got.StackStatus != "ROLLBACK_COMPLETE" ||
		!strings.Contains(strings.Join(s.events(), ","), "Scheduled CREATE_FAILED") {
		t.Errorf("stack %s", got)
	}
}
