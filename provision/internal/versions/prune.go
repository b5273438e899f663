package versions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// Function is a function whose old versions are to be deleted.
type Function struct {
	Name string // in AWS
	Edge bool   // whether CloudFront may run it
}

// Pruner deletes old versions of functions. It deletes only versions that the stack has published, of these neither
// the newest nor one that anything is known to refer to, and it keeps the newest of the others.
type Pruner struct {
	connection.Caller
	API           API
	Distributions Distributions
	Stack         string // its name
	Keep          int    // negative means all

	mappings, associations once
}

// Prune deletes old versions. The error is that of the first function that failed; the others are pruned all the same.
func (p *Pruner) Prune(ctx context.Context, functions []Function) error {
	if p.Keep < 0 {
		return nil
	}
	errs := make([]error, len(functions))
	connection.EachOf(len(functions), func(i int) { errs[i] = p.prune(ctx, functions[i]) })
	failed := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return failed[0]
	}
	return fmt.Errorf("of %d functions: %w", len(failed), failed[0])
}

func (p *Pruner) prune(ctx context.Context, function Function) error {
	versions, err := List(ctx, p.Caller, p.API, function.Name, p.Stack)
	if err != nil {
		return err
	}
	ours := slices.DeleteFunc(versions, func(v Version) bool { return !v.Ours })
	if len(ours) <= p.Keep+1 {
		return nil
	}
	inUse, err := p.inUse(ctx, function)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(ours[1:], func(v Version) bool { // the newest is the stack's own
		return slices.Contains(inUse, v.String()) || slices.Contains(inUse, v.ARN)
	})
	if len(old) <= p.Keep {
		return nil
	}
	var deleted []string
	for _, version := range slices.Backward(old[p.Keep:]) { // the oldest first
		gone, deleteErr := p.delete(ctx, function.Name, version)
		if gone {
			deleted = append(deleted, version.String())
		}
		if err = deleteErr; err != nil {
			break
		}
	}
	if len(deleted) > 0 {
		p.Log.Infof("deleted old versions of %s: %s", function.Name, strings.Join(deleted, ", "))
	}
	return err
}

// inUse lists what refers to versions of a function: versions as Lambda spells them, or ARNs.
func (p *Pruner) inUse(ctx context.Context, function Function) (inUse []string, err error) {
	if function.Edge {
		if inUse, err = p.associations.get(ctx, p.Distributions); err != nil {
			return nil, err
		}
	}
	aliased, err := p.aliased(ctx, function.Name)
	if err != nil {
		return nil, err
	}
	provisioned, err := p.provisioned(ctx, function.Name)
	if err != nil {
		return nil, err
	}
	mapped, err := p.mappings.get(ctx, p.listMappings)
	return slices.Concat(inUse, aliased, provisioned, mapped), err
}

// delete deletes a version, unless something may invoke it, or Lambda says that it is in use.
func (p *Pruner) delete(ctx context.Context, function string, version Version) (deleted bool, err error) {
	permits, err := p.permits(ctx, function, version)
	if permits || err != nil {
		return false, err
	}
	err = p.Call(ctx, "lambda:DeleteFunction", func(ctx context.Context) error {
		_, err := p.API.DeleteFunction(ctx, &lambda.DeleteFunctionInput{
			FunctionName: &function,
			Qualifier:    aws.String(version.String()),
		})
		return err
	})
	switch {
	case err == nil, connection.HasCode(err, "ResourceNotFoundException"):
		return err == nil, nil
	case connection.HasCode(err, "ResourceConflictException"),
		connection.HasCode(err, "InvalidParameterValueException"): // for example a replica of CloudFront's
		p.Log.Debugf("version %s of %s stays: %v", version, function, err)
		return false, nil
	}
	return false, fmt.Errorf("delete version %s of %s: %w", version, function, err)
}
