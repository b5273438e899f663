//go:build go1.25

package provision

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/status"
	"github.com/go-sparta/sparta/sparta"
)

// inspected is Lambda with functions by name.
type inspected struct {
	functions map[string]*lambda.GetFunctionConfigurationOutput
	refusal   error
}

func (i inspected) GetFunctionConfiguration(
	_ context.Context, in *lambda.GetFunctionConfigurationInput, _ ...func(*lambda.Options),
) (*lambda.GetFunctionConfigurationOutput, error) {
	if i.refusal != nil {
		return nil, i.refusal
	}
	if i.functions[*in.FunctionName] == nil {
		return nil, refusal(404, "ResourceNotFoundException", "Function not found")
	}
	return i.functions[*in.FunctionName], nil
}

func (i inspected) ListVersionsByFunction(
	_ context.Context, in *lambda.ListVersionsByFunctionInput, _ ...func(*lambda.Options),
) (*lambda.ListVersionsByFunctionOutput, error) {
	versions, next := paged([]string{"$LATEST", "1", "12"}, in.Marker, 1)
	return &lambda.ListVersionsByFunctionOutput{
		Versions:   []lambdatypes.FunctionConfiguration{{Version: &versions[0]}},
		NextMarker: next,
	}, nil
}

func (i inspected) ListAliases(
	_ context.Context, in *lambda.ListAliasesInput, _ ...func(*lambda.Options),
) (*lambda.ListAliasesOutput, error) {
	aliases, next := paged([]string{"live", "old"}, in.Marker, 1)
	return &lambda.ListAliasesOutput{
		Aliases:    []lambdatypes.AliasConfiguration{{Name: &aliases[0], FunctionVersion: aws.String("12")}},
		NextMarker: next,
	}, nil
}

func deployedFunction(state, update, reason string) *lambda.GetFunctionConfigurationOutput {
	return &lambda.GetFunctionConfigurationOutput{
		State:                  lambdatypes.State(state),
		LastUpdateStatus:       lambdatypes.LastUpdateStatus(update),
		LastUpdateStatusReason: &reason,
		LastModified:           aws.String("2026-01-31T13:00:00.123+0100"),
		CodeSize:               3000,
	}
}

func TestStatus(t *testing.T) {
	tests := map[string]struct {
		functions map[string]*lambda.GetFunctionConfigurationOutput
		options   StatusOptions
		want      string
	}{
		"everything is fine": {
			functions: map[string]*lambda.GetFunctionConfigurationOutput{
				"svc-a": deployedFunction("Active", "Successful", ""), "svc-b": deployedFunction("Active", "", ""),
			},
			options: StatusOptions{Status: commandline.Status{Plaintext: true}},
			want: `STACK  STATUS           UPDATED
svc    UPDATE_COMPLETE  2000-01-01T00:00:00Z

FUNCTION  STATE   VERSION  ALIAS           UPDATED
svc-a     Active  12       live=12 old=12  2026-01-31T12:00:00Z
svc-b     Active  12       live=12 old=12  2026-01-31T12:00:00Z

OUTPUT  VALUE
Bucket  packages-123456789012
Role    arn:aws:iam::123456789012:role/r
`,
		},
		"the account is hidden": {
			functions: map[string]*lambda.GetFunctionConfigurationOutput{
				"svc-a": deployedFunction("Active", "Successful", ""), "svc-b": deployedFunction("Active", "", ""),
			},
			want: `STACK  STATUS           UPDATED
svc    UPDATE_COMPLETE  2000-01-01T00:00:00Z

FUNCTION  STATE   VERSION  ALIAS           UPDATED
svc-a     Active  12       live=12 old=12  2026-01-31T12:00:00Z
svc-b     Active  12       live=12 old=12  2026-01-31T12:00:00Z

OUTPUT  VALUE
Bucket  packages-************
Role    arn:aws:iam::************:role/r
`,
		},
		"an update failed and a function is missing": {
			functions: map[string]*lambda.GetFunctionConfigurationOutput{
				"svc-a": deployedFunction("Active", "Failed", "the key is disabled"),
			},
			options: StatusOptions{Status: commandline.Status{Plaintext: true}},
			want: `STACK  STATUS           UPDATED
svc    UPDATE_COMPLETE  2000-01-01T00:00:00Z

FUNCTION  STATE                  VERSION  ALIAS           UPDATED
svc-a     Active, update Failed  12       live=12 old=12  2026-01-31T12:00:00Z
svc-b     missing                -        -               -
svc-a: the key is disabled

OUTPUT  VALUE
Bucket  packages-123456789012
Role    arn:aws:iam::123456789012:role/r
`,
		},
		"as JSON": {
			functions: map[string]*lambda.GetFunctionConfigurationOutput{
				"svc-a": deployedFunction("Active", "Successful", ""),
			},
			options: StatusOptions{Status: commandline.Status{JSON: true}},
			want: `{
  "stack": "svc",
  "id": "arn:aws:cloudformation:eu-west-1:************:stack/svc/1",
  "status": "UPDATE_COMPLETE",
  "updated": "2000-01-01T00:00:00Z",
  "functions": [
    {
      "name": "svc-a",
      "state": "Active",
      "lastUpdateStatus": "Successful",
      "versions": [
        "1",
        "12"
      ],
      "aliases": [
        "live=12",
        "old=12"
      ],
      "updated": "2026-01-31T12:00:00Z",
      "codeSize": 3000
    },
    {
      "name": "svc-b",
      "state": "missing"
    }
  ],
  "outputs": {
    "Bucket": "packages-************",
    "Role": "arn:aws:iam::************:role/r"
  }
}
`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var stdout bytes.Buffer
				test.options.Stdout = &stdout
				if err := statusOf(t, inspected{functions: test.functions}, true, test.options); err != nil {
					t.Fatal(err)
				}
				if got := stdout.String(); got != test.want {
					t.Errorf("status is\n%s\nwant\n%s", got, test.want)
				}
				if test.options.JSON && !json.Valid(stdout.Bytes()) {
					t.Error("not JSON")
				}
			})
		})
	}
}

func TestStatusOfWhatCannotBeSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stdout bytes.Buffer
		options := StatusOptions{Stdout: &stdout}
		err := statusOf(t, inspected{}, false, options)
		if err == nil || !strings.Contains(err.Error(), "show stack svc: it does not exist: run cgo:provision") {
			t.Errorf("no stack: %v", err)
		}
		err = statusOf(t, inspected{refusal: refusal(403, "AccessDeniedException", "no")}, true, options)
		if err == nil ||
			!strings.Contains(err.Error(),
				"look up function svc-a: lambda:GetFunctionConfiguration is denied to the caller") {
			t.Errorf("denied: %v", err)
		}
		if stdout.Len() > 0 {
			t.Errorf("stdout has %q", &stdout)
		}
	})
}

func inspectedService() Service {
	role := sparta.IAMRoleDefinition{}
	return Service{Name: "svc", Functions: []*sparta.LambdaAWSInfo{
		sparta.HandleAWSLambda("a", func() {}, role), sparta.HandleAWSLambda("b", func() {}, role),
	}}
}

// dated is CloudFormation whose stacks were updated when time began.
type dated struct{ *fakeCFN }

func (d dated) DescribeStacks(
	ctx context.Context, in *cfn.DescribeStacksInput, options ...func(*cfn.Options),
) (*cfn.DescribeStacksOutput, error) {
	answer, err := d.fakeCFN.DescribeStacks(ctx, in, options...)
	if err == nil {
		answer.Stacks[0].LastUpdatedTime = aws.Time(bubbleStart)
	}
	return answer, err
}

// statusOf shows the status of a service whose stack exists or not.
func statusOf(t *testing.T, functions status.API, exists bool, options StatusOptions) error {
	t.Helper()
	fake := newFakeCFN()
	fake.outputs = map[string]string{"Role": "arn:aws:iam::123456789012:role/r", "Bucket": "packages-123456789012"}
	if exists {
		fake.add("svc", "UPDATE_COMPLETE")
	}
	nobody := func(context.Context) (connection.Identity, error) { return connection.Identity{}, errors.New("nobody") }
	client := stack.Client{Caller: newCaller(orSilent(nil), nobody), API: dated{fake}}
	return showStatus(t.Context(), client, functions, inspectedService(), options)
}

// slow is Lambda that takes a second for each request.
type slow struct {
	inspected
	running, most *atomic.Int32
}

func (s slow) GetFunctionConfiguration(
	ctx context.Context, in *lambda.GetFunctionConfigurationInput, options ...func(*lambda.Options),
) (*lambda.GetFunctionConfigurationOutput, error) {
	now := s.running.Add(1)
	s.most.Store(max(s.most.Load(), now))
	time.Sleep(time.Second)
	s.running.Add(-1)
	return s.inspected.GetFunctionConfiguration(ctx, in, options...)
}

func TestTheStatusOfManyFunctionsIsAskedForAFewAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		functions := map[string]*lambda.GetFunctionConfigurationOutput{}
		api := slow{inspected{functions: functions}, &atomic.Int32{}, &atomic.Int32{}}
		service := Service{Name: "svc"}
		for i := range 150 {
			service.Functions = append(service.Functions, newInfo(t, fmt.Sprintf("f%d", i), sparta.IAMRoleDefinition{}))
			functions[fmt.Sprintf("svc-f%d", i)] = deployedFunction("Active", "Successful", "")
		}
		w := newWorld(t)
		w.cfn.add("svc", "UPDATE_COMPLETE")
		began := time.Now()
		client := stack.Client{Caller: connection.Caller{Log: w.options.Logger}, API: w.cfn}
		if err := showStatus(t.Context(), client, api, service, StatusOptions{Stdout: &w.stdout}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 20*time.Second || api.most.Load() > 8 {
			t.Errorf("it took %s, with %d requests at a time", took, api.most.Load())
		}
		first, last := strings.Index(w.stdout.String(), "svc-f0 "), strings.Index(w.stdout.String(), "svc-f149 ")
		if first < 0 || last < first {
			t.Errorf("the functions are not in order:\n%s", &w.stdout)
		}
	})
}
