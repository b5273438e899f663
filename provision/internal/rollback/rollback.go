// Package rollback moves an alias to another version of its function, by a change set.
package rollback

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/provision/internal/versions"
)

// API is the part of Lambda that a rollback needs.
type API interface {
	lambda.ListVersionsByFunctionAPIClient
	GetAlias(context.Context, *lambda.GetAliasInput, ...func(*lambda.Options)) (*lambda.GetAliasOutput, error)
}

// Run is a rollback of one function of a stack.
type Run struct {
	stack.Client
	Lambda    API
	Claim     *stack.Claim
	Functions []string // names of the service's functions
	Function  string   // empty means the only one with an alias
	Version   string   // empty means the one before the alias's
	NoOp      bool

	Show func(changes []stack.Change) error
	// Upload uploads a template that is too large for a request.
	Upload func(ctx context.Context, live *cfntypes.Stack, template []byte) (url string, err error)
}

// state is where an alias is.
type state struct {
	alias
	document *document
	now      string // version that the alias refers to in Lambda
	stacks   string // version that it refers to according to the stack
	newest   string // version that it would refer to without a rollback
	resource string // logical ID of that version

	rollbacks []template.Rollback // of other aliases
}

// Do moves the alias. A stack that is not ready for that is not changed.
func (r *Run) Do(ctx context.Context) error {
	name := r.Claim.Stack
	live, err := r.Describe(ctx, name)
	if err == nil {
		err = r.checkReady(ctx, live)
	}
	if err != nil {
		return err
	}
	s, err := r.look(ctx, live)
	if err != nil {
		return fmt.Errorf("roll back stack %s: %w", name, err)
	}
	published, err := versions.List(ctx, r.Caller, r.Lambda, s.function, name)
	if err != nil {
		return fmt.Errorf("roll back stack %s: %w", name, err)
	}
	to, err := target(s.function, s.now, r.Version, published)
	if err != nil {
		return fmt.Errorf("roll back stack %s: %w", name, err)
	}
	switch {
	case to == s.now && to == s.stacks:
		r.Log.Infof("%s refers to version %s already: nothing is changed", s.alias, to)
		return nil
	case to == s.stacks:
		return fmt.Errorf("roll back stack %s: %s refers to version %s, but CloudFormation does not know that "+
			"something outside of the stack moved it there from version %s, and would change nothing: move it with "+
			"`aws lambda update-alias --function-name %s --name %s --function-version %s`",
			name, s.alias, s.now, to, s.function, s.name, to)
	case s.now != s.stacks:
		r.Log.Warnf("%s refers to version %s, and not to version %s as the stack says: "+
			"something outside of the stack has moved it", s.alias, s.now, s.stacks)
	}
	return r.move(ctx, live, s, to)
}

// checkReady returns an error if a stack is not one of this application that can be changed now.
func (r *Run) checkReady(ctx context.Context, live *cfntypes.Stack) error {
	name, state := r.Claim.Stack, stack.StateOf(live)
	if state == stack.Absent {
		return fmt.Errorf("roll back stack %s: it does not exist: check its name and the region", name)
	}
	if err := r.CheckOwner(ctx, live, r.Claim); err != nil {
		return fmt.Errorf("roll back: %w", err)
	}
	switch state {
	case stack.InProgress:
		return fmt.Errorf("roll back stack %s: it is %s: wait until that has ended (cgo:status shows it)",
			name, live.StackStatus)
	case stack.NeverCreated:
		return fmt.Errorf("roll back stack %s: it is %s and was never created successfully: "+
			"run cgo:provision to create it", name, live.StackStatus)
	case stack.Blocked:
		return stack.BlockedError(live)
	}
	return nil
}

// look finds out where the alias is.
func (r *Run) look(ctx context.Context, live *cfntypes.Stack) (*state, error) {
	resources, err := stack.ResourcesOf(ctx, r.Caller, r.API, live)
	if err != nil {
		return nil, err
	}
	s := &state{}
	if s.alias, err = choose(resources, r.Functions, r.Function); err != nil {
		return nil, err
	}
	if s.document, err = r.template(ctx, live); err != nil {
		return nil, err
	}
	if s.stacks, s.resource, err = s.document.versionOf(s.id); err != nil {
		return nil, err
	}
	for _, rollback := range stack.Rollbacks(live) {
		if rollback.Alias != s.id {
			s.rollbacks = append(s.rollbacks, rollback)
		} else if s.resource == "" {
			s.resource = rollback.Newest
		}
	}
	if s.resource != "" {
		arn := physicalID(resources, s.resource, "AWS::Lambda::Version")
		s.newest = arn[strings.LastIndex(arn, ":")+1:]
	}
	if s.stacks == "" {
		s.stacks = s.newest
	}
	s.now, err = r.now(ctx, s.alias)
	return s, err
}

func (r *Run) template(ctx context.Context, live *cfntypes.Stack) (*document, error) {
	var answer *cfn.GetTemplateOutput
	err := r.Call(ctx, "cloudformation:GetTemplate", func(ctx context.Context) (err error) {
		answer, err = r.API.GetTemplate(ctx, &cfn.GetTemplateInput{
			StackName:     live.StackId,
			TemplateStage: cfntypes.TemplateStageOriginal,
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read its template: %w", err)
	}
	return parse(aws.ToString(answer.TemplateBody))
}

// move moves the alias by a change set, which says that it is a rollback.
func (r *Run) move(ctx context.Context, live *cfntypes.Stack, s *state, to string) error {
	input, err := r.changeSetInput(ctx, live, s, to)
	if err != nil {
		return fmt.Errorf("roll back stack %s: %w", aws.ToString(live.StackName), err)
	}
	set, err := r.CreateChangeSet(ctx, input)
	if err != nil {
		return err
	}
	err = r.Show(set.Changes)
	if losses := stack.LossesOf(set.Raw); err == nil && len(losses) > 0 {
		err = fmt.Errorf("roll back stack %s: more than the alias would change, and nothing was changed: "+
			"provision instead: %s", set.Stack, strings.Join(losses, "; "))
	}
	if err != nil || r.NoOp {
		err = stack.WithCleanup(err, r.Discard(ctx, set))
	}
	if err != nil {
		return err
	}
	if r.NoOp {
		r.Log.Infof("%s would move from version %s to version %s", s.alias, s.now, to)
		return nil
	}
	if _, err := r.Deploy(ctx, set); err != nil {
		if failure := (*stack.Failure)(nil); errors.As(err, &failure) &&
			failure.Status == string(cfntypes.StackStatusUpdateRollbackComplete) {
			failure.Advice = "the alias is where it was before; fix the reason and run cgo:rollback again"
		}
		return err
	}
	r.Log.Infof("%s has moved from version %s to version %s", s.alias, s.now, to)
	if s.newest != "" && to != s.newest {
		r.Log.Infof("it stays there until code or settings other than those of version %s are provisioned", s.newest)
	}
	return nil
}

// changeSetInput describes the stack as it is, except for the alias.
func (r *Run) changeSetInput(
	ctx context.Context, live *cfntypes.Stack, s *state, to string,
) (input stack.ChangeSetInput, err error) {
	rollbacks, version := s.rollbacks, any(to)
	if to == s.newest {
		version = cloudformation.GetAtt{s.resource, "Version"}
	} else {
		rollbacks = append(slices.Clone(rollbacks), template.Rollback{
			Alias: s.id, Version: to, From: cmp.Or(s.newest, s.now), Newest: cmp.Or(s.resource, "-"), At: time.Now(),
		})
	}
	if err := errors.Join(s.document.move(s.id, version), s.document.record(rollbacks)); err != nil {
		return input, err
	}
	input = stack.ChangeSetInput{
		Stack:       aws.ToString(live.StackName),
		Live:        live,
		Command:     "rollback",
		Description: fmt.Sprintf("made by Sparta's cgo:rollback: %s to version %s", s.alias, to),
		Tags:        map[string]string{},
	}
	for _, tag := range live.Tags {
		input.Tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	for _, parameter := range live.Parameters {
		if aws.ToString(parameter.ParameterKey) != template.RollbacksParameter {
			input.Params = append(input.Params, cfntypes.Parameter{
				ParameterKey:     parameter.ParameterKey,
				UsePreviousValue: aws.Bool(true),
			})
		}
	}
	if len(rollbacks) > 0 {
		input.Params = append(input.Params, cfntypes.Parameter{
			ParameterKey:   aws.String(template.RollbacksParameter),
			ParameterValue: aws.String(template.FormatRollbacks(rollbacks)),
		})
	}
	if input.Body, err = s.document.marshal(); err != nil || len(input.Body) <= cloudformation.MaxInlineSize {
		return input, err
	}
	input.URL, err = r.Upload(ctx, live, input.Body)
	return input, err
}
