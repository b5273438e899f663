package provision

import (
	"context"
	"slices"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/provision/internal/versions"
)

// prune deletes old versions of those functions for which the deployment has published a new one. A failure is only a
// warning, because the deployment has succeeded.
func (d *deployment) prune(ctx context.Context, changes []stack.Change) {
	keep, err := d.options.Kept()
	if err != nil {
		return
	}
	var functions []versions.Function
	for _, info := range d.service.Functions {
		if info.Options == nil || !slices.ContainsFunc(changes, func(change stack.Change) bool {
			return change.Type == "AWS::Lambda::Version" && change.Action == "Add" &&
				template.IsVersionOf(change.LogicalID, info.Name())
		}) {
			continue
		}
		functions = append(functions, versions.Function{
			Name: template.FunctionName(d.stack, info.Name()),
			Edge: info.Options.Edge,
		})
	}
	if len(functions) == 0 {
		return
	}
	ctx, cancel := connection.WithTimeout(ctx, d.options.Wait)
	defer cancel()
	pruner := versions.Pruner{
		Caller: d.Caller, API: d.versions, Distributions: d.cloudfront.Associations, Stack: d.stack, Keep: keep,
	}
	if err := pruner.Prune(ctx, functions); err != nil {
		d.log.Warnf("the stack is deployed, but old versions are not deleted: %v", err)
	}
}
