package hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// CallTemplateStage calls the hooks of a stage that may change the workflow's template or replace it.
func CallTemplateStage(
	ctx context.Context, stage string, hooks *sparta.WorkflowHooks, workflow *sparta.Workflow,
) error {
	if err := CallStage(ctx, stage, hooks, workflow); err != nil {
		return err
	}
	return complete(workflow, "a "+stage+" hook")
}

// complete adds the maps that a template lacks if a hook has made it without cloudformation.NewTemplate.
func complete(workflow *sparta.Workflow, who string) error {
	template := workflow.Template
	if template == nil {
		return fmt.Errorf("%s set Workflow.Template to nil: change the template instead", who)
	}
	if template.Parameters == nil {
		template.Parameters = map[string]cloudformation.Parameter{}
	}
	if template.Resources == nil {
		template.Resources = map[string]*cloudformation.Resource{}
	}
	if template.Outputs == nil {
		template.Outputs = map[string]cloudformation.Output{}
	}
	return nil
}

// IDs are the logical IDs of a function's resources.
type IDs struct{ Function, Alias, LogGroup string }

// CallDecorators calls the decorators of functions.
func CallDecorators(
	ctx context.Context, functions []*sparta.LambdaAWSInfo, ids func(*sparta.LambdaAWSInfo) IDs,
	workflow *sparta.Workflow,
) error {
	workflow.FunctionIDs = map[string]string{}
	for _, info := range functions {
		workflow.FunctionIDs[info.Name()] = ids(info).Function
	}
	for _, info := range functions {
		decorators := info.TemplateDecorators()
		if len(decorators) == 0 {
			continue
		}
		own, of := *workflow, ids(info)
		own.Function, own.LogicalID, own.AliasID, own.LogGroupID = info, of.Function, of.Alias, of.LogGroup
		if own.Resource = own.Template.Resources[of.Function]; own.Resource == nil {
			return fmt.Errorf("function %s: the template no longer has resource %s: a decorator has removed it",
				info.Name(), of.Function)
		}
		if err := Call(ctx, "function "+info.Name()+": decorator", decorators, &own); err != nil {
			return err
		}
		workflow.Template = own.Template
		if err := complete(workflow, "a decorator of function "+info.Name()); err != nil {
			return err
		}
	}
	return nil
}

// Validate calls the Validators hooks. It returns an error if one of them changes the template.
func Validate(ctx context.Context, hooks *sparta.WorkflowHooks, workflow *sparta.Workflow) error {
	validators := hooks.At("Validators")
	if len(validators) == 0 {
		return nil
	}
	template := workflow.Template
	before, err := json.Marshal(template)
	if err != nil {
		return err
	}
	for i, validate := range validators {
		if err := call(ctx, validate, workflow); err != nil {
			return fmt.Errorf("hook %d of Validators: %w", i+1, err)
		}
		after, err := json.Marshal(template)
		if err != nil || workflow.Template != template || !bytes.Equal(after, before) {
			return fmt.Errorf("hook %d of Validators has changed the template, which is complete: "+
				"use a hook of PostMarshall instead", i+1)
		}
	}
	return nil
}
