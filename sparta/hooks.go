package sparta

import (
	"fmt"
	"io"
	"io/fs"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
)

// Workflow describes a deployment to its hooks.
type Workflow struct {
	ServiceName string
	S3Bucket    string
	S3Key       string // of the package, once it is built
	BuildID     string
	NoOp        bool // whether AWS must not be changed
	// Deployed reports, in Rollback hooks, whether the stack is as described nevertheless: only what follows its
	// deployment has failed, such as the upload of a site's files. The next deployment continues there.
	Deployed bool
	Context  map[string]any // shared by all hooks of one deployment
	Logger   *logrus.Logger

	// Template is the stack's template in hooks of the stages from PreMarshall to Validators, and nil before. See
	// WorkflowHooks for its content.
	Template *cloudformation.Template

	// Archive adds files to the package in Archive hooks. It is nil in all others.
	Archive PackageWriter

	// FunctionIDs are the logical IDs of the functions, by name, once the template has them.
	FunctionIDs map[string]string

	// The function of a function's decorator, its logical ID in the template and its resource there. They are empty in
	// all other hooks.
	Function   *LambdaAWSInfo
	LogicalID  string
	Resource   *cloudformation.Resource
	AliasID    string // logical ID of the function's alias; empty if it has none
	LogGroupID string // logical ID of the function's own log group; empty if it has another one
}

// PackageWriter adds files to the functions' package. Names are relative, with slashes. It does not replace files.
type PackageWriter interface {
	// Create adds a file. Its content is written to the result, before the next file is added or the hook ends.
	Create(name string) (io.Writer, error)
	// AddFile adds a copy of the file at a path, which stays executable if its owner may execute it.
	AddFile(name, path string) error
	// AddFS adds all files of a file system, for example of an embed.FS or os.DirFS("data").
	AddFS(files fs.FS) error
}

// WorkflowHooks lists the functions to call at each stage. If two fields have similar names, the hooks of the first are
// called before those of the second. A deployment reaches the stages in the order of the fields; the decorators of
// functions are called between PreMarshall and ServiceDecorator, see LambdaAWSInfo.
//
// Hooks of PreMarshall, decorators or hooks of PostMarshall add the resources that functions' options refer to, such
// as the queue of cloudformation.GetAtt{"Queue", "Arn"}, with Workflow.Template.Add.
type WorkflowHooks struct {
	Context map[string]any // initial value of Workflow.Context

	PreBuild          []WorkflowHook
	PreBuilds         []WorkflowHookHandler
	PostBuild         []WorkflowHook
	PostBuilds        []WorkflowHookHandler
	Archive           ArchiveHook // adds files to the package, see Workflow.Archive
	Archives          []ArchiveHookHandler
	PreMarshall       []WorkflowHook // before the functions are added to the template, while they can still be changed
	PreMarshalls      []WorkflowHookHandler
	ServiceDecorator  ServiceDecoratorHook // when the template has the functions, but not yet what invokes them
	ServiceDecorators []ServiceDecoratorHookHandler
	PostMarshall      []WorkflowHook // when the template is complete, before it is checked and written
	PostMarshalls     []WorkflowHookHandler
	Validators        []ServiceValidationHookHandler // they must not change the template
	Rollback          []WorkflowHook                 // after any failure, see Workflow.Deployed
	Rollbacks         []RollbackHookHandler
}

// Stages are the names of the stages of WorkflowHooks, in the order in which a deployment reaches them.
func Stages() []string {
	return []string{
		"PreBuild", "PostBuild", "Archive", "PreMarshall", "ServiceDecorator", "PostMarshall", "Validators", "Rollback",
	}
}

// At returns the hooks of a stage, such as PreBuild, in order.
func (h *WorkflowHooks) At(stage string) []WorkflowHook {
	if h == nil {
		return nil
	}
	switch stage {
	case "PreBuild":
		return append(list(h.PreBuild), each(h.PreBuilds, WorkflowHookHandler.DecorateWorkflow)...)
	case "PostBuild":
		return append(list(h.PostBuild), each(h.PostBuilds, WorkflowHookHandler.DecorateWorkflow)...)
	case "Archive":
		return append(single(h.Archive), each(h.Archives, ArchiveHookHandler.DecorateArchive)...)
	case "PreMarshall":
		return append(list(h.PreMarshall), each(h.PreMarshalls, WorkflowHookHandler.DecorateWorkflow)...)
	case "ServiceDecorator":
		return append(single(h.ServiceDecorator),
			each(h.ServiceDecorators, ServiceDecoratorHookHandler.DecorateService)...)
	case "PostMarshall":
		return append(list(h.PostMarshall), each(h.PostMarshalls, WorkflowHookHandler.DecorateWorkflow)...)
	case "Validators":
		return each(h.Validators, ServiceValidationHookHandler.ValidateService)
	case "Rollback":
		return append(list(h.Rollback), each(h.Rollbacks, RollbackHookHandler.Rollback)...)
	}
	return nil
}

// ChangeTemplate reports whether hooks or decorators may change the template of a service.
func (h *WorkflowHooks) ChangeTemplate(functions []*LambdaAWSInfo) bool {
	for _, stage := range []string{"PreBuild", "PostBuild", "PreMarshall", "ServiceDecorator", "PostMarshall"} {
		if len(h.At(stage)) > 0 {
			return true
		}
	}
	for _, info := range functions {
		if info != nil && len(info.TemplateDecorators()) > 0 {
			return true
		}
	}
	return false
}

// describeHooks returns the names of the stages that have hooks.
func describeHooks(hooks *WorkflowHooks) ([]string, error) {
	names := []string{}
	for _, stage := range Stages() {
		found := hooks.At(stage)
		for i, hook := range found {
			if hook == nil {
				return nil, fmt.Errorf("workflow hook %d of %s is nil: remove it or give it a function", i+1, stage)
			}
		}
		if len(found) > 0 {
			names = append(names, stage)
		}
	}
	return names, nil
}
