package provision

import (
	"cmp"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/secrets"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/terminal"
	"github.com/go-sparta/sparta/sparta"
)

// deployment is one run of Provision.
type deployment struct {
	service  Service
	pkg      Package
	options  Options
	stack    string            // its name
	tags     map[string]string // of the stack
	claim    *stack.Claim      // to the stack
	folder   *site.Folder      // of the site; nil if there is none
	consent  terminal.Consent
	secrets  secrets.Values
	log      *logrus.Logger
	said     []string // messages that are logged only once
	workflow *sparta.Workflow
	*clients // nil if there is no access to AWS
}

// newDeployment checks the service and the options, and fills in defaults. It makes no request.
func newDeployment(service Service, pkg Package, options Options) (*deployment, error) {
	_, err := sparta.NewServiceDescription(service.Name, service.Description, service.Functions, service.Hooks)
	if err != nil {
		return nil, err
	}
	if pkg.SHA256 == "" {
		if pkg.SHA256, err = packages.SHA256(pkg.Zip); err != nil {
			return nil, err
		}
	}
	if pkg.layerSHA256, err = packages.IdentifyLayer(pkg.Layer, options.HandOver); err != nil {
		return nil, err
	}
	claim, err := checkOptions(service, options)
	if err != nil {
		return nil, err
	}
	tags, err := stack.Tags(options.Tags, claim.Application)
	if err != nil {
		return nil, err
	}
	if err := stack.CheckFunctionTags(service.Functions, tags); err != nil {
		return nil, err
	}
	build, err := buildID(pkg, options)
	if err != nil {
		return nil, err
	}
	service.Functions = sparta.WithCustomResources(service.Functions)
	if service.Hooks == nil {
		service.Hooks = &sparta.WorkflowHooks{}
	}
	shared := service.Hooks.Context
	if shared == nil {
		shared = map[string]any{}
	}
	options.Wait = cmp.Or(options.Wait, stack.DefaultWait)
	options.Workspace = cmp.Or(options.Workspace, ".sparta")
	secrets := secretsFor(service, options)
	options.Logger, options.Stdout = secrets.Logger(orSilent(options.Logger)), orDiscard(options.Stdout)
	return &deployment{
		claim:   claim,
		consent: terminal.NewConsent(options.Yes, options.prompt),
		secrets: secrets,
		service: service,
		pkg:     pkg,
		options: options,
		stack:   stackName(service, options.Stack),
		tags:    tags,
		log:     options.Logger,
		workflow: &sparta.Workflow{
			ServiceName: service.Name,
			S3Bucket:    options.S3Bucket,
			BuildID:     build,
			NoOp:        options.NoOp,
			Context:     shared,
			Logger:      options.Logger,
		},
	}, nil
}

func (d *deployment) newResult() *Result {
	return &Result{Stack: d.stack, Changes: []stack.Change{}, Outputs: map[string]string{}, Template: d.templatePath()}
}
