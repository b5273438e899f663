package provision

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/pythonmodule"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// newTemplate makes the template, including what hooks add.
func (d *deployment) newTemplate(
	ctx context.Context, code *packages.Location, live *cfntypes.Stack,
) (*cloudformation.Template, error) {
	if err := d.readExisting(ctx, d.changeSetInput(live).Live != nil); err != nil {
		return nil, err
	}
	d.workflow.S3Bucket, d.workflow.S3Key = code.Bucket, code.Key
	d.workflow.Template = cloudformation.NewTemplate(d.service.Description)
	if err := hooks.CallTemplateStage(ctx, "PreMarshall", d.service.Hooks, d.workflow); err != nil {
		return nil, err
	}
	packed, err := template.PackForEdge(d.workflow.Template, d.described(), d.pkg.Zip, d.options.Workspace)
	if err != nil {
		return nil, err
	}
	if packed != nil {
		d.pkg.Zip, d.pkg.SHA256, d.pkg.Size = packed.Path, packed.SHA256, packed.Size
		*code = packages.PackageLocation(code.Bucket, d.service.Name, packed.SHA256)
		d.workflow.S3Key = code.Key
	}
	pkg := template.Package{SHA256: d.pkg.SHA256, Size: d.pkg.Size, GOARCH: d.pkg.GOARCH, Python: d.pkg.Python}
	pkg.Layer = packages.LayerKey(d.service.Name, d.pkg.layerSHA256)
	described := d.described()
	if d.folder != nil && d.options.HandOver {
		archive, err := site.NewArchive(d.folder, code.Bucket, d.service.Name)
		if err != nil {
			return nil, err
		}
		described.Archive = archive
	}
	described.Values = d.parameterSums(live)
	location := template.Code{Bucket: code.Bucket, Key: code.Key, Parameters: d.options.HandOver}
	if err := template.AddTo(d.workflow.Template, described, pkg, location); err != nil {
		return nil, err
	}
	if err := d.checkRuntime(live, time.Now()); err != nil {
		return nil, err
	}
	if err := hooks.CallDecorators(ctx, d.service.Functions, template.LogicalIDs, d.workflow); err != nil {
		return nil, err
	}
	if err := hooks.CallTemplateStage(ctx, "ServiceDecorator", d.service.Hooks, d.workflow); err != nil {
		return nil, err
	}
	if err := template.Connect(d.workflow.Template, described); err != nil {
		return nil, err
	}
	for _, note := range template.Notes(described.Functions) {
		d.log.Info(note)
	}
	markBuild(d.workflow.Template, d.workflow.BuildID)
	if err := hooks.CallTemplateStage(ctx, "PostMarshall", d.service.Hooks, d.workflow); err != nil {
		return nil, err
	}
	modules := pythonmodule.Package{Zip: d.pkg.Zip, Layer: d.pkg.Layer}
	if err := modules.Check(d.workflow.Template, d.workflow.FunctionIDs); err != nil {
		return nil, err
	}
	if err := template.Finish(d.workflow.Template, described); err != nil {
		return nil, err
	}
	return d.workflow.Template, hooks.Validate(ctx, d.service.Hooks, d.workflow)
}

// described is the service for its template.
func (d *deployment) described() template.Service {
	return template.Service{
		Name:        d.service.Name,
		Description: d.service.Description,
		Functions:   d.service.Functions,
		API:         d.service.API,
		Site:        d.service.Site,
		Folder:      d.folder,
		Stack:       d.stack,
		Region:      connection.Region(d.options.Session.Region),
	}
}

// newChangeSetInput describes the stack as it is to be, or returns an error if the template or the parameters are
// invalid. It makes no request.
func (d *deployment) newChangeSetInput(
	template *cloudformation.Template, live *cfntypes.Stack,
) (input stack.ChangeSetInput, err error) {
	input = d.changeSetInput(live)
	template = keepRollbacks(template, live)
	if input.Params, err = stack.Parameters(template, d.options.Params, input.Live); err != nil {
		return input, err
	}
	input.Body, err = template.Marshal()
	return input, err
}

// keepTemplate writes the template into the workspace, and uploads a large one.
func (d *deployment) keepTemplate(ctx context.Context, input *stack.ChangeSetInput, store artifacts) (err error) {
	if err := d.writeTemplate(input.Body); err != nil {
		return err
	}
	if len(input.Body) > cloudformation.MaxInlineSize {
		input.URL, err = store.UploadTemplate(ctx, d.service.Name, input.Body)
	}
	return err
}

// checkRuntime returns an error if Lambda would not accept the Python runtime today, for a new stack or an update.
func (d *deployment) checkRuntime(live *cfntypes.Stack, today time.Time) error {
	python, err := elfcheck.Lookup(d.pkg.Python)
	if err != nil {
		return err
	}
	return python.Check(d.clients != nil && d.changeSetInput(live).Live == nil, today)
}

// parameterSums identify the values of parameters, given or kept, if any function's version may depend on them.
func (d *deployment) parameterSums(live *cfntypes.Stack) map[string]string {
	if !d.publishesVersions() {
		return map[string]string{}
	}
	return stack.ParameterSums(d.stack, d.changeSetInput(live).Live, d.options.Params)
}

// publishesVersions reports whether any function does.
func (d *deployment) publishesVersions() bool {
	return slices.ContainsFunc(d.service.Functions, func(info *sparta.LambdaAWSInfo) bool {
		return info.Options != nil && info.Options.PublishesVersions()
	})
}

// changeSetInput is the input that follows from the stack as it is now.
func (d *deployment) changeSetInput(live *cfntypes.Stack) stack.ChangeSetInput {
	input := stack.ChangeSetInput{Stack: d.stack, Tags: maps.Clone(d.tags), BuildID: d.workflow.BuildID}
	input.RoleARN = d.options.ServiceRole
	switch stack.StateOf(live) {
	case stack.Absent:
		input.Reviewed = live != nil
	case stack.NeverCreated: // it is deleted before
	default:
		input.Live = live
	}
	return input
}

func (d *deployment) templatePath() string {
	return filepath.Join(d.options.Workspace, "template.json")
}

// writeTemplate keeps the template in the workspace. It may contain secrets, so only its owner may read it.
func (d *deployment) writeTemplate(body []byte) error {
	if err := files.WritePrivate(d.templatePath(), body); err != nil {
		return fmt.Errorf("write %s: %w", d.templatePath(), err)
	}
	return nil
}

// functionNames are the names in AWS of the service's functions, by logical ID.
func (d *deployment) functionNames() map[string]string {
	names := map[string]string{}
	for _, info := range d.service.Functions {
		id := existing.Of(d.service.Hooks).LogicalID(info.Name(), template.FunctionLogicalID(info.Name()))
		names[id] = d.service.functionName(d.stack, info.Name())
	}
	return names
}
