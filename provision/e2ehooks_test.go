package provision_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func addQueue(_ context.Context, w *sparta.Workflow) error {
	return w.Template.Add("Lost", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
}

// TestAHookAddsWhatAnOptionRefersTo deploys a function whose dead letters go to a queue of a hook's.
func TestAHookAddsWhatAnOptionRefersTo(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options.DeadLetterConfigArn = cloudformation.GetAtt{"Lost", "Arn"}
	d.service.Hooks = &sparta.WorkflowHooks{
		PreMarshall: []sparta.WorkflowHook{addQueue},
		PostMarshall: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			w.Template.Outputs["LostUrl"] = cloudformation.Output{
				Description: "Where lost events are",
				Value:       cloudformation.Ref("Lost"),
			}
			return nil
		}},
	}
	result := d.must()
	queue := result.Outputs["LostUrl"]
	var attributes struct{ Attributes struct{ QueueArn string } }
	d.account.CLI(t, &attributes, "sqs", "get-queue-attributes", "--queue-url", queue, "--attribute-names", "QueueArn")
	var function struct {
		Configuration struct {
			Role             string
			DeadLetterConfig struct{ TargetArn string }
		}
	}
	d.account.CLI(t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	target := attributes.Attributes.QueueArn
	if got := function.Configuration.DeadLetterConfig.TargetArn; target == "" || got != target {
		t.Errorf("dead letters go to %q, want the queue %q at %s", got, target, queue)
	}
	role := function.Configuration.Role[strings.LastIndex(function.Configuration.Role, "/")+1:]
	policy := d.account.CLI(t, nil, "iam", "get-role-policy", "--role-name", role, "--policy-name", "Tested-hello")
	if text := string(policy); !strings.Contains(text, "sqs:SendMessage") || !strings.Contains(text, target) {
		t.Errorf("the role's policy is %s, want that it may send to %s", text, target)
	}
	lint := exec.CommandContext(t.Context(), "python3", "-c", "from cfnlint.runner import main; main()",
		"--ignore-checks", "W2531", "E2531", "E2533", "--", filepath.Join(d.options.Workspace, "template.json"))
	if out, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", lint, err, out)
	}
	if result := d.must(); result.Changed {
		t.Errorf("a second run changed %v", result.Changes)
	}
}

// TestMistakesOfHooks tries what a hook may do wrong.
func TestMistakesOfHooks(t *testing.T) {
	tests := map[string]struct {
		hooks sparta.WorkflowHooks
		want  string
	}{
		"a logical ID of a function's": {
			sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
				return w.Template.Add("HelloFunction", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
			}}},
			"function hello: add resource HelloFunction of type AWS::Lambda::Function: " +
				"the template already has this logical ID, of type AWS::SQS::Queue",
		},
		"one queue twice": {
			sparta.WorkflowHooks{
				PreMarshall:  []sparta.WorkflowHook{addQueue},
				PostMarshall: []sparta.WorkflowHook{addQueue},
			},
			"PostMarshall hook 1: add resource Lost of type AWS::SQS::Queue: " +
				"the template already has this logical ID, of type AWS::SQS::Queue",
		},
		"dead letters to a FIFO queue": {
			sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addQueue}, PostMarshall: []sparta.WorkflowHook{
				func(_ context.Context, w *sparta.Workflow) error {
					w.Template.Resources["Lost"].Properties = map[string]any{"FifoQueue": true}
					w.Template.Resources["HelloFunction"].Properties["DeadLetterConfig"] = map[string]any{
						"TargetArn": cloudformation.GetAtt{"Lost", "Arn"},
					}
					return nil
				},
			}},
			"dead letter target Lost of HelloFunction is a FIFO queue or topic, to which Lambda does not send: " +
				"use a standard one",
		},
		"no template": {
			sparta.WorkflowHooks{PostMarshall: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
				w.Template = nil
				return nil
			}}},
			"a PostMarshall hook set Workflow.Template to nil: change the template instead",
		},
	}
	d := newDeployment(t)
	d.options.NoOp = true
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d.service.Hooks = &test.hooks
			if _, err := d.run(); err == nil || err.Error() != test.want {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
