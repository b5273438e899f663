package sparta_test

import (
	"context"
	"fmt"
	"os"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Hooks share values in the workflow's context. An error ends the deployment.
func ExampleWorkflowHooks() {
	hooks := &sparta.WorkflowHooks{
		Context: map[string]any{"stage": "test"},
		PreBuild: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			if w.Context["stage"] == "production" && w.S3Bucket == "" {
				return fmt.Errorf("deploy %s: production needs its own bucket: set --s3Bucket", w.ServiceName)
			}
			return nil
		}},
		PostBuild: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			w.Logger.Infof("%s is built for %s", w.ServiceName, w.Context["stage"])
			return nil
		}},
	}
	order := sparta.HandleAWSLambda("Order", order, sparta.IAMRoleDefinition{})
	service, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{order}, hooks)
	fmt.Println(service.Hooks, err)
	// Output: [PreBuild PostBuild] <nil>
}

// A hook is a function, so a test can call it.
func ExampleWorkflow() {
	logger := logrus.New()
	logger.SetOutput(os.Stdout)
	logger.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true})
	announce := func(_ context.Context, w *sparta.Workflow) error {
		w.Logger.WithField("noop", w.NoOp).Info("Deploying " + w.ServiceName)
		return nil
	}
	err := announce(context.Background(), &sparta.Workflow{ServiceName: "Shop", NoOp: true, Logger: logger})
	fmt.Println(err)
	// Output:
	// level=info msg="Deploying Shop" noop=true
	// <nil>
}

// A hook adds the resource that a function's options refer to.
func ExampleWorkflow_template() {
	order := sparta.HandleAWSLambda("Order", order, sparta.IAMRoleDefinition{})
	order.Options.DeadLetterConfigArn = cloudformation.GetAtt{"Lost", "Arn"}
	hooks := &sparta.WorkflowHooks{
		PreMarshall: []sparta.WorkflowHook{func(_ context.Context, w *sparta.Workflow) error {
			return w.Template.Add("Lost", &cloudformation.Resource{
				Type:       "AWS::SQS::Queue",
				Properties: map[string]any{"MessageRetentionPeriod": 1209600},
			})
		}},
	}
	template := cloudformation.NewTemplate("Shop")
	fmt.Println(hooks.PreMarshall[0](context.Background(), &sparta.Workflow{Template: template}))
	fmt.Println(template.Resources["Lost"].Type)
	// Output:
	// <nil>
	// AWS::SQS::Queue
}
