package provision_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision"
)

const (
	homeTag        = "io:gosparta:home"
	applicationTag = "io:gosparta:application"
)

// strange is what a stack of another tool's holds: a bucket and a queue.
func strange(d *deployment) string {
	return `{"Resources": {
		"Site": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "` + d.account.Bucket("site") + `"}},
		"Orders": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}}}}`
}

// foreignStacks make a stack that has the service's name and is another's.
var foreignStacks = map[string]func(*deployment){
	"another tool": func(d *deployment) {
		d.account.Deploy(d.t, "Tested", strange(d), map[string]string{"team": "network"})
	},
	"another application": func(d *deployment) {
		d.service.Application = "example.com/other/api"
		d.must()
		d.service.Application = ""
	},
	"this tool, before it marked stacks": func(d *deployment) {
		d.account.Deploy(d.t, "Tested", strange(d), map[string]string{
			homeTag:               "https://github.com/go-sparta/sparta",
			"io:gosparta:buildId": "1",
		})
	},
}

func (d *deployment) delete(adopt string, yes bool) error {
	d.t.Helper()
	return d.do(func(ctx context.Context, session provision.SessionOptions) error {
		return provision.Delete(ctx, d.service, provision.DeleteOptions{
			Delete:  commandline.Delete{Adopt: adopt, Yes: yes},
			Session: session,
			Logger:  d.options.Logger,
		})
	})
}

// TestForeignStacksStayAsTheyAre compares all that an account holds, before and after each command.
func TestForeignStacksStayAsTheyAre(t *testing.T) {
	verbs := map[string]func(*deployment) error{
		"provision": func(d *deployment) error { _, err := d.run(); return err },
		"in place": func(d *deployment) error {
			d.options.InPlace = true
			_, err := d.run()
			d.options.InPlace = false
			return err
		},
		"no-op": func(d *deployment) error {
			d.options.NoOp = true
			_, err := d.run()
			d.options.NoOp = false
			return err
		},
		"delete": func(d *deployment) error { return d.delete("", true) },
		"recover": func(d *deployment) error {
			return d.do(func(ctx context.Context, session provision.SessionOptions) error {
				return provision.Recover(ctx, d.service, provision.RecoverOptions{
					Session: session,
					Logger:  d.options.Logger,
				})
			})
		},
		"rollback": func(d *deployment) error { return d.rollback(commandline.Rollback{}) },
	}
	for kind, deploy := range foreignStacks {
		t.Run(kind, func(t *testing.T) {
			d := newDeployment(t)
			deploy(d)
			if kind != "another application" {
				site := d.account.Bucket("site")
				d.account.CLI(t, nil, "s3api", "put-object", "--bucket", site, "--key", "index.html")
			}
			d.pack("Goodbye")
			d.options.Yes = true
			before := d.account.Snapshot(t)
			for verb, act := range verbs {
				err := act(d)
				if foreign := (*provision.ForeignStack)(nil); !errors.As(err, &foreign) || foreign.Stack != "Tested" {
					t.Errorf("%s: error %v", verb, err)
				}
				if after := d.account.Snapshot(t); after != before {
					t.Errorf("%s changed the account\nfrom %s\nto %s", verb, before, after)
				}
			}
			if !strings.Contains(before, "stack Tested") {
				t.Errorf("the snapshot lacks the stack: %s", before)
			}
		})
	}
}

// TestAForeignStackIsTakenOver asks for what that destroys, and has the stack for its own afterwards.
func TestAForeignStackIsTakenOver(t *testing.T) {
	d := newDeployment(t)
	foreignStacks["another tool"](d)
	d.options.Adopt = "Tested"
	before := d.account.Snapshot(t)
	_, err := d.run()
	if err == nil ||
		!strings.Contains(err.Error(), "Orders (AWS::SQS::Queue") ||
		!strings.Contains(err.Error(), "-yes") {
		t.Errorf("error %v, want one about what would be removed", err)
	}
	for line := range strings.SplitSeq(d.account.Snapshot(t), "\n") {
		if !strings.Contains(before, line) && !strings.HasPrefix(line, "bucket sparta-packages-") {
			t.Errorf("refused, it changed the account: %s", line)
		}
	}
	d.options.Yes = true
	d.must()
	var stacks struct {
		Stacks []struct{ Tags []struct{ Key, Value string } }
	}
	d.account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	owner := ""
	for _, tag := range stacks.Stacks[0].Tags {
		if tag.Key == applicationTag {
			owner = tag.Value
		}
	}
	if owner != "github.com/go-sparta/sparta/provision.test:Tested" {
		t.Errorf("the stack is %q's", owner)
	}
	d.options.Adopt, d.options.Yes = "", false
	d.pack("Goodbye")
	d.must()
	if err := d.delete("", false); err == nil || !strings.Contains(err.Error(), "HelloLogGroup (AWS::Logs::LogGroup") {
		t.Errorf("error %v, want one about what would go", err)
	}
	if err := d.delete("", true); err != nil {
		t.Error(err)
	}
}

// TestAForeignStackIsDeletedOnRequest needs its name twice, and consent.
func TestAForeignStackIsDeletedOnRequest(t *testing.T) {
	d := newDeployment(t)
	foreignStacks["another tool"](d)
	before := d.account.Snapshot(t)
	for adopt, want := range map[string]string{"tested": "does not repeat the stack's name", "Tested": "-yes"} {
		if err := d.delete(adopt, adopt != "Tested"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
	if after := d.account.Snapshot(t); after != before {
		t.Errorf("it changed the account\nfrom %s\nto %s", before, after)
	}
	if err := d.delete("Tested", true); err != nil || strings.Contains(d.account.Snapshot(t), "stack Tested") {
		t.Errorf("error %v", err)
	}
}

// TestAStackUnderReviewIsCreated leaves a stack under review to whom it belongs until it is created.
func TestAStackUnderReviewIsCreated(t *testing.T) {
	d := newDeployment(t)
	d.account.CLI(t, nil, "cloudformation", "create-change-set",
		"--stack-name", "Tested",
		"--change-set-name", "theirs",
		"--change-set-type", "CREATE",
		"--template-body", strange(d))
	before := d.account.Snapshot(t)
	if err := d.delete("Tested", true); err == nil || !strings.Contains(err.Error(), "theirs") {
		t.Errorf("error %v", err)
	}
	d.options.NoOp = true
	d.must()
	if after := d.account.Snapshot(t); after != before {
		t.Errorf("a preview changed the account\nfrom %s\nto %s", before, after)
	}
	d.options.NoOp = false
	if result := d.must(); result.Status != "CREATE_COMPLETE" {
		t.Errorf("result %+v", result)
	}
}
