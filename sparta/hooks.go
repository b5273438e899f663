package sparta

import (
	"context"
	"fmt"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
)

// Workflow describes a deployment to its hooks.
type Workflow struct {
	ServiceName string
	S3Bucket    string
	BuildID     string
	NoOp        bool           // whether AWS must not be changed
	Context     map[string]any // shared by all hooks of one deployment
	Logger      *logrus.Logger
	// Template is the stack's template in hooks of the stages PreMarshall and PostMarshall, and nil before. See
	// WorkflowHooks for its content.
	Template *cloudformation.Template
}

// WorkflowHook is a function that a deployment calls at one of its stages. An error ends the deployment.
type WorkflowHook func(ctx context.Context, workflow *Workflow) error

// WorkflowHooks lists the functions to call at each stage, in order.
//
// Hooks of PreMarshall or PostMarshall add the resources that functions' options refer to, such as the queue of
// cloudformation.GetAtt{"Queue", "Arn"}, with Workflow.Template.Add.
type WorkflowHooks struct {
	Context      map[string]any // initial value of Workflow.Context
	PreBuild     []WorkflowHook
	PostBuild    []WorkflowHook
	PreMarshall  []WorkflowHook // before the functions are added to the template, while they can still be changed
	PostMarshall []WorkflowHook // when the template is complete, before it is checked and written
	Rollback     []WorkflowHook // after a failure
}

// hookStage is one field of WorkflowHooks with its name.
type hookStage struct {
	name  string
	hooks []WorkflowHook
}

// stages lists the hooks in the order in which a deployment reaches them.
func (h *WorkflowHooks) stages() []hookStage {
	if h == nil {
		return nil
	}
	return []hookStage{
		{"PreBuild", h.PreBuild},
		{"PostBuild", h.PostBuild},
		{"PreMarshall", h.PreMarshall},
		{"PostMarshall", h.PostMarshall},
		{"Rollback", h.Rollback},
	}
}

// describeHooks returns the names of the stages that have hooks.
func describeHooks(hooks *WorkflowHooks) ([]string, error) {
	names := []string{}
	for _, stage := range hooks.stages() {
		for i, hook := range stage.hooks {
			if hook == nil {
				return nil, fmt.Errorf("workflow hook %d of %s is nil: remove it or give it a function", i+1,
					stage.name)
			}
		}
		if len(stage.hooks) > 0 {
			names = append(names, stage.name)
		}
	}
	return names, nil
}
