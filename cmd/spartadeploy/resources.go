package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainservice"
	"github.com/go-sparta/sparta/sparta"
)

// addResources returns the hook that adds the resources of the magefile to the template, or nil if there are none.
func addResources(described any) (*sparta.WorkflowHooks, error) {
	var resources map[string]*cloudformation.Resource
	if err := plainservice.Decode(described, &resources); err != nil {
		return nil, fmt.Errorf("Service.Resources is not a map[string]cloudformation.Resource: %w", err)
	}
	if len(resources) == 0 {
		return nil, nil
	}
	return &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
		func(_ context.Context, workflow *sparta.Workflow) error {
			for _, id := range slices.Sorted(maps.Keys(resources)) {
				if resources[id] == nil {
					return fmt.Errorf("Service.Resources: resource %s is nil: remove it or describe it", id)
				}
				if err := workflow.Template.Add(id, resources[id]); err != nil {
					return fmt.Errorf("Service.Resources: %w", err)
				}
			}
			return nil
		},
	}}, nil
}
