//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta"
	"github.com/go-sparta/sparta/cloudformation"
)

// Provision brings a service's stack to what the service describes, and writes
// what came of it to Options.Stdout. That nothing had to change is no error.
//
// The caller calls the hooks around the build. Those around the template are
// called here with Hooks.Context, and the Rollback hooks after a failure.
//
// The error of what CloudFormation gave up is a *StackFailure. When the context
// ends or Options.Wait is over, CloudFormation goes on with what it has begun;
// the error says so and how to look.
func Provision(ctx context.Context, service Service, pkg Package, options Options) (*Result, error) {
	return provision(ctx, service, pkg, options, connect)
}

// connector makes the clients of a run.
type connector func(context.Context, SessionOptions, *logrus.Logger) (*account, error)

// deployment is one run of Provision.
type deployment struct {
	service  Service
	pkg      Package
	options  Options
	stack    string            // its name
	tags     map[string]string // of the stack
	secrets  secrets
	log      *logrus.Logger
	workflow *sparta.Workflow
	*account // nil where AWS cannot be asked
}

func provision(ctx context.Context, service Service, pkg Package, options Options, connect connector) (*Result, error) {
	d, err := newDeployment(service, pkg, options)
	if err != nil {
		return nil, err
	}
	run := d.deploy
	if d.options.NoOp {
		run = d.preview
	}
	result, err := run(ctx, connect)
	if err == nil {
		return result, nil
	}
	if goesOn := (*unwatched)(nil); !errors.As(err, &goesOn) { // else it is not known to have failed
		err = withCleanup(err, callHooks(context.WithoutCancel(ctx), "Rollback", d.service.Hooks.Rollback, d.workflow))
	}
	return result, d.secrets.hideIn(err)
}

// newDeployment checks what can be checked without AWS, and fills in defaults.
func newDeployment(service Service, pkg Package, options Options) (*deployment, error) {
	if _, err := sparta.NewServiceDescription(service.Name, service.Description, service.Functions, service.Hooks); err != nil {
		return nil, err
	}
	if options.Wait < 0 {
		return nil, fmt.Errorf("time to wait of %s is negative: use such as 15m", options.Wait)
	}
	if pkg.SHA256 == "" {
		return nil, errors.New("the package has no SHA-256: build it again")
	}
	tags, err := stackTags(pkg, options)
	if err != nil {
		return nil, err
	}
	if service.Hooks == nil {
		service.Hooks = &sparta.WorkflowHooks{}
	}
	shared := service.Hooks.Context
	if shared == nil {
		shared = map[string]any{}
	}
	options.Wait = cmp.Or(options.Wait, defaultWait)
	options.Workspace = cmp.Or(options.Workspace, ".sparta")
	if options.Stdout == nil {
		options.Stdout = io.Discard
	}
	if options.Logger == nil {
		options.Logger = logrus.New()
		options.Logger.SetOutput(io.Discard)
	}
	secrets := newSecrets(service, options)
	options.Logger = secrets.logger(options.Logger)
	return &deployment{
		secrets: secrets,
		service: service,
		pkg:     pkg,
		options: options,
		stack:   stackName(service, options),
		tags:    tags,
		log:     options.Logger,
		workflow: &sparta.Workflow{
			ServiceName: service.Name, S3Bucket: options.S3Bucket, BuildID: tags[tagPrefix+"buildId"],
			NoOp: options.NoOp, Context: shared, Logger: options.Logger,
		},
	}, nil
}

// deploy changes the stack. When nothing is to change it makes these requests:
// DescribeStacks, GetRole for each role that exists already, HeadBucket,
// HeadObject, CreateChangeSet, DescribeChangeSet, DeleteChangeSet and
// GetFunctionConfiguration.
func (d *deployment) deploy(ctx context.Context, connect connector) (*Result, error) {
	var err error
	if d.account, err = connect(ctx, d.options.Session, d.log); err != nil {
		return nil, err
	}
	d.options.Session.Region = d.region
	live, store, code, err := d.prepare(ctx)
	if err != nil {
		return nil, err
	}
	template, err := d.newTemplate(ctx, code)
	if err != nil {
		return nil, err
	}

	ctx, cancel := patient(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.settle(ctx, d.stack, live); err != nil {
		return nil, err
	}
	p, err := d.newProposal(ctx, template, live, store)
	if err != nil {
		return nil, err
	}
	result := d.newResult()
	if d.options.InPlace {
		return result, d.inPlace(ctx, p, template, code, result)
	}
	set, err := d.propose(ctx, p)
	if errors.Is(err, errNoChanges) {
		return result, d.unchanged(ctx, live, code, result)
	}
	if err != nil {
		return nil, err
	}
	return result, d.carryOut(ctx, set, result)
}

// prepare has everything in place that the stack refers to.
func (d *deployment) prepare(ctx context.Context) (live *cfn.Stack, store artefacts, code codeLocation, err error) {
	ctx, cancel := patient(ctx, d.options.Wait)
	defer cancel()
	if live, err = d.describe(ctx, d.stack); err != nil {
		return nil, nil, code, err
	}
	switch standing := standingOf(live); {
	case standing == blocked:
		return nil, nil, code, blockade(live)
	case d.options.InPlace && (standing == absent || standing == unborn):
		return nil, nil, code, d.notYet()
	}
	if err = d.verifyRoles(ctx, existingRoles(d.service)); err != nil {
		return nil, nil, code, err
	}
	who, err := d.owner(ctx, live)
	if err != nil {
		return nil, nil, code, err
	}
	store, code, uploaded, err := d.bring(ctx, who)
	if isDenied(err) && who.ARN == "" { // once more, for an error that tells to whom
		if who, whoErr := d.identify(ctx); whoErr == nil {
			store, code, uploaded, err = d.bring(ctx, who)
		}
	}
	if err != nil {
		return nil, nil, code, err
	}
	if uploaded { // which may have taken a while
		live, err = d.describe(ctx, d.stack)
	}
	return live, store, code, err
}

// bring brings the package to its bucket.
func (d *deployment) bring(ctx context.Context, who identity) (store artefacts, code codeLocation, uploaded bool, err error) {
	if store, err = d.open(ctx, d.options.S3Bucket, who); err != nil {
		return nil, code, false, err
	}
	code, uploaded, err = store.upload(ctx, d.service.Name, d.pkg)
	return store, code, uploaded, err
}

// notYet refuses an update in place of what is not there.
func (d *deployment) notYet() error {
	return fmt.Errorf("update stack %s in place: it does not exist yet: provision without -inplace", d.stack)
}

// newTemplate makes the template, between its hooks.
func (d *deployment) newTemplate(ctx context.Context, code codeLocation) (*cloudformation.Template, error) {
	d.workflow.S3Bucket = code.Bucket
	if err := callHooks(ctx, "PreMarshall", d.service.Hooks.PreMarshall, d.workflow); err != nil {
		return nil, err
	}
	template, err := newTemplate(d.service, d.pkg, code, d.options)
	if err != nil {
		return nil, err
	}
	return template, callHooks(ctx, "PostMarshall", d.service.Hooks.PostMarshall, d.workflow)
}

// newProposal is what the stack is to become by the template, which is uploaded
// if it is large.
func (d *deployment) newProposal(ctx context.Context, template *cloudformation.Template, live *cfn.Stack, store artefacts) (p proposal, err error) {
	p = proposal{stack: d.stack, live: live, tags: maps.Clone(d.tags)}
	if p.params, err = parameters(template, d.options.Params, live); err != nil {
		return p, err
	}
	if p.body, err = template.Marshal(); err != nil {
		return p, err
	}
	if err = d.writeTemplate(p.body); err != nil {
		return p, err
	}
	if len(p.body) > cloudformation.MaxInlineSize {
		p.url, err = store.uploadTemplate(ctx, d.service.Name, p.body)
	}
	return p, err
}

func (d *deployment) newResult() *Result {
	return &Result{Stack: d.stack, Changes: []Change{}, Outputs: map[string]string{}, Template: d.templatePath()}
}

// carryOut executes a change set and sees it through.
func (d *deployment) carryOut(ctx context.Context, set *changeSet, result *Result) error {
	result.Changes = append(result.Changes, set.changes...)
	if err := d.showChanges(set.changes); err != nil {
		return withCleanup(err, d.discard(ctx, set))
	}
	d.removeLeftovers(ctx, set)
	if err := d.execute(ctx, set); err != nil {
		return withCleanup(err, d.discard(ctx, set))
	}
	result.Changed, result.StackID = true, set.stackID
	operation := &operation{
		stackID: set.stackID, token: set.name, after: set.created,
		starts: []string{cfn.StackStatusCreateInProgress, cfn.StackStatusUpdateInProgress},
	}
	status, events, err := d.follow(ctx, operation, d.executionFailed(set))
	result.Status = status
	if err != nil {
		return err
	}
	if status != cfn.StackStatusCreateComplete && status != cfn.StackStatusUpdateComplete {
		return d.failure(ctx, status, events)
	}
	live, err := d.describe(ctx, set.stackID)
	if err != nil {
		return fmt.Errorf("stack %s is %s, but its outputs cannot be read: %w", d.stack, status, err)
	}
	result.fill(live)
	result.Status = status
	return d.show(result)
}

// failure tells why a deployment failed.
func (d *deployment) failure(ctx context.Context, status string, events []*cfn.StackEvent) error {
	failure := &StackFailure{Stack: d.stack, Status: status, Cause: d.cause(ctx, events), Advice: advice(status)}
	if status != cfn.StackStatusUpdateRollbackFailed && status != cfn.StackStatusRollbackFailed {
		return failure
	}
	for _, event := range stuck(events) {
		failure.Advice += fmt.Sprintf("\n%s could not go back: %s", aws.StringValue(event.LogicalResourceId), causeOf(event).Reason)
	}
	return failure
}

// unchanged ends a deployment that CloudFormation finds nothing to do in.
func (d *deployment) unchanged(ctx context.Context, live *cfn.Stack, code codeLocation, result *Result) error {
	refreshed, err := d.restoreCode(ctx, code)
	if err != nil {
		return err
	}
	result.InPlace, result.Changed = refreshed, len(refreshed) > 0
	result.fill(live)
	if result.Changed {
		d.log.Infof("the code of %s was not the stack's and is again; nothing else is to change in stack %s", strings.Join(refreshed, ", "), d.stack)
	} else {
		d.log.Infof("no changes: stack %s is as described", d.stack)
	}
	return d.show(result)
}

// showChanges writes the table of changes, unless a JSON document is to follow.
func (d *deployment) showChanges(changes []Change) error {
	if len(changes) == 0 {
		d.log.Info("no resource changes, only the stack's outputs, parameters or description")
		return nil
	}
	if d.options.JSON {
		return nil
	}
	return writeChanges(d.options.Stdout, changes)
}

// show writes the result.
func (d *deployment) show(result *Result) error {
	if d.options.JSON {
		return result.writeJSON(d.options.Stdout)
	}
	return result.writeOutputs(d.options.Stdout)
}
