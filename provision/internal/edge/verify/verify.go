// Package verify looks at the existing distributions that functions at edge locations are to run in.
package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/cloudfront"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/edge"
	"github.com/go-sparta/sparta/sparta"
)

// Distributions returns an error if a distribution that is not the template's cannot run the functions of a stack: if
// it does not exist, has no such cache behavior, or runs other functions in their place. It can verify only those whose
// IDs are text; the custom resource verifies all.
func Distributions(ctx context.Context, api cloudfront.Client, functions []*sparta.LambdaAWSInfo, stack string) error {
	v := verifier{api: api, own: ":function:" + stack + "-", behaviors: map[string][]cloudfront.Behavior{}}
	var errs []error
	for _, info := range functions {
		if info.Options == nil {
			continue
		}
		for _, one := range info.Options.EdgeAssociations {
			a := edge.Association{EdgeAssociation: one, Function: edge.Function{Name: info.Name()}}
			id, isText := expression.Text(one.Distribution)
			if !isText {
				continue
			}
			if err := v.verify(ctx, a, id); err != nil {
				errs = append(errs, a.Explain(err))
			}
		}
	}
	return errors.Join(errs...)
}

type verifier struct {
	api       cloudfront.Client
	own       string                           // a part of the ARNs of the stack's functions
	behaviors map[string][]cloudfront.Behavior // by the distribution's ID
}

func (v verifier) verify(ctx context.Context, a edge.Association, distribution string) error {
	behaviors, known := v.behaviors[distribution]
	if !known {
		var err error
		if behaviors, err = v.api.Behaviors(ctx, distribution); err != nil {
			return unreadable(distribution, err)
		}
		v.behaviors[distribution] = behaviors
	}
	at := slices.IndexFunc(behaviors, func(b cloudfront.Behavior) bool { return a.IsOf(b.PathPattern) })
	if at < 0 {
		return fmt.Errorf("distribution %s has no cache behavior for the PathPattern %q: use one of those that it has "+
			"(%s), or none for the default behavior", distribution, a.PathPattern, patterns(behaviors))
	}
	var others []edge.Occupant
	for _, version := range behaviors[at].Versions {
		if !strings.Contains(version.ARN, v.own) { // which the deployment replaces
			others = append(others, edge.Occupant{EventType: version.EventType, ARN: version.ARN})
		}
	}
	for _, function := range behaviors[at].Functions {
		others = append(others, edge.Occupant{EventType: function.EventType, ARN: function.ARN, OfCloudFront: true})
	}
	return a.CheckFree(distribution, others)
}

// unreadable explains why a distribution could not be read.
func unreadable(distribution string, err error) error {
	const next = "use the ID of a distribution of this account, which `aws cloudfront list-distributions` lists, or " +
		"remove the association"
	switch {
	case connection.HasCode(err, "NoSuchDistribution"):
		return fmt.Errorf("distribution %s does not exist: %s", distribution, next)
	case connection.IsDenied(err):
		return fmt.Errorf("read distribution %s: %w; if it belongs to another account, %s", distribution, err, next)
	}
	return fmt.Errorf("read distribution %s: %w", distribution, err)
}

// patterns lists the path patterns of behaviors.
func patterns(behaviors []cloudfront.Behavior) string {
	var list []string
	for _, behavior := range behaviors {
		if behavior.PathPattern != "" {
			list = append(list, behavior.PathPattern)
		}
	}
	if len(list) == 0 {
		return "there are none"
	}
	return strings.Join(list, ", ")
}
