package provision_test

import (
	"context"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision"
)

// The stack is gone when Delete returns.
func TestDeleteWaitsUntilTheStackIsGone(t *testing.T) {
	d := newDeployment(t)
	d.must()
	d.options.Tags = map[string]string{"testaws:polls": "2"}
	d.must() // the tag makes deleting take its time

	err := d.do(func(ctx context.Context, session provision.SessionOptions) error {
		return provision.Delete(ctx, d.service, provision.DeleteOptions{
			Delete: commandline.Delete{Yes: true}, Session: session, Logger: d.options.Logger,
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	var stacks struct{ Stacks []struct{ StackName string } }
	d.account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	var functions struct {
		Functions []struct{ FunctionName string }
	}
	d.account.CLI(t, &functions, "lambda", "list-functions")
	var buckets struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &buckets, "s3api", "list-buckets")
	if len(stacks.Stacks) != 0 || len(functions.Functions) != 0 || len(buckets.Buckets) != 1 {
		t.Errorf("left are stacks %v, functions %v and buckets %v, want only the bucket of packages", stacks.Stacks,
			functions.Functions, buckets.Buckets)
	}
	if text := d.log.String(); !strings.Contains(text, "DELETE_COMPLETE") {
		t.Errorf("the log does not show what was deleted:\n%s", text)
	}
}
