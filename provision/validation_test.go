//go:build go1.25

package provision

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

func rejected(w *world) {
	w.cfn.status = "FAILED"
	w.cfn.reason = "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. " +
		"To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information."
	finding := cfntypes.OperationEvent{
		LogicalResourceId:      aws.String("HelloLogGroup"),
		PhysicalResourceId:     aws.String("/aws/lambda/svc-hello"),
		ResourceType:           aws.String("AWS::Logs::LogGroup"),
		ValidationName:         aws.String("AWS::EarlyValidation::ResourceExistenceCheck"),
		ValidationPath:         aws.String("/Resources/HelloLogGroup"),
		ValidationStatus:       cfntypes.ValidationStatusFailed,
		ValidationStatusReason: aws.String("Resource of type 'AWS::Logs::LogGroup' already exists."),
	}
	warning := finding
	warning.LogicalResourceId, warning.ValidationFailureMode = aws.String("Harmless"), cfntypes.HookFailureModeWarn
	w.cfn.failed = []cfntypes.OperationEvent{warning, finding}
}

// A change set that early validation rejects says only where its findings are.
func TestEarlyValidationIsExplained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		rejected(w)
		_, err := w.run(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		has(t, err.Error(), "CloudFormation rejects the template of stack svc, and nothing was changed",
			"HelloLogGroup (AWS::Logs::LogGroup) at /Resources/HelloLogGroup: Resource of type",
			"aws logs delete-log-group --log-group-name /aws/lambda/svc-hello")
		if strings.Contains(err.Error(), "Harmless") || w.cfn.left() != "" {
			t.Errorf("error %v, left %s", err, w.cfn.left())
		}
	})
}

// Findings that cannot be read are in the change set, which has to stay for them.
func TestWhatEarlyValidationFoundIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		rejected(w)
		w.cfn.faults["DescribeEvents"] = []fault{{err: refusal(403, "AccessDenied", "no")}}
		_, err := w.run(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		set := w.cfn.sets[0]
		has(t, err.Error(), "EarlyValidation::ResourceExistenceCheck", "cloudformation:DescribeEvents is denied to",
			"aws cloudformation describe-events --stack-name "+set.stack.id+" --change-set-name "+set.name,
			"change set "+set.name+" and its stack are kept")

		w.cfn.status, w.cfn.reason = "", "" // the reason is gone
		if result := w.must(); result.Status != "CREATE_COMPLETE" {
			t.Errorf("result %+v", result)
		}
	})
}

func TestWhatExistsAlreadyIsExplained(t *testing.T) {
	for name, c := range map[string]struct{ kind, reason, want string }{
		"a log group": {
			"AWS::Logs::LogGroup",
			`Resource handler returned message: "Resource of type 'AWS::Logs::LogGroup' with identifier ` +
				`'{"/properties/LogGroupName":"/aws/lambda/svc-hello"}' already exists." ` +
				`(RequestToken: 1, HandlerErrorCode: AlreadyExists)`,
			"aws logs delete-log-group --log-group-name /aws/lambda/svc-hello`, or keep it",
		},
		"a bucket": {"AWS::S3::Bucket", "site already exists", "aws s3api delete-bucket --bucket site`"},
		"a role": {
			"AWS::IAM::Role", "Role with name Worker already exists.", "aws iam delete-role --role-name Worker`",
		},
		"a version": {
			"AWS::Lambda::Version",
			`Resource handler returned message: "A version for this Lambda function exists ( 12 ). ` +
				`Modify the function to create a new version." (RequestToken: 1, HandlerErrorCode: InvalidRequest)`,
			"version 12 has the same code and settings, but is not in the stack",
		},
		"anything else": {"AWS::SQS::Queue", "orders already exists", "something outside of the stack has this name"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.cfn.creates = []step{
					{status: "CREATE_IN_PROGRESS"},
					{after: time.Second, id: "Thing", kind: c.kind, status: "CREATE_FAILED", reason: c.reason},
					{after: 2 * time.Second, status: "ROLLBACK_IN_PROGRESS"},
					{after: 3 * time.Second, status: "ROLLBACK_COMPLETE"},
				}
				_, err := w.run(t.Context())
				if err == nil {
					t.Fatal("no error")
				}
				has(t, err.Error(), "Thing ("+c.kind+") CREATE_FAILED: "+c.reason, c.want)
			})
		})
	}
}

// An answer without a stack and without an error is somebody else's.
func TestAnAnswerWithoutAStackIsNotThatThereIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.empty = true
		for _, noop := range []bool{false, true} {
			w.options.NoOp = noop
			_, err := w.run(t.Context())
			if err == nil || !strings.Contains(err.Error(), "contains neither a stack nor an error") {
				t.Errorf("error %v", err)
			}
		}
		if w.cfn.inputs["CreateChangeSet"] != nil {
			t.Error("it created a stack")
		}
	})
}
