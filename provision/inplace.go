package provision

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// inPlace updates the functions' code without CloudFormation, if a change set
// shows that nothing else would change.
//
// The stack's template then names older code than the functions run. A later
// package has another key, so that the next provision is an update for
// CloudFormation, too, and the stack catches up. Only when the next package is
// the one that the stack had before does CloudFormation see no change; so every
// provision without changes compares the code itself: see restoreCode.
func (d *deployment) inPlace(ctx context.Context, p stack.Proposal, template *cloudformation.Template, code packages.Location, result *Result) error {
	if p.Live == nil {
		return d.notYet()
	}
	if err := followsInPlace(template); err != nil {
		return fmt.Errorf("update stack %s in place: %w: provision without -inplace", d.stack, err)
	}
	// The tags that tell what made the stack stay those of the stack's own package.
	maps.DeleteFunc(p.Tags, func(key, _ string) bool { return strings.HasPrefix(key, stack.TagPrefix) })
	for _, tag := range p.Live.Tags {
		if key := aws.ToString(tag.Key); strings.HasPrefix(key, stack.TagPrefix) {
			p.Tags[key] = aws.ToString(tag.Value)
		}
	}
	set, err := d.Propose(ctx, p)
	if errors.Is(err, stack.ErrNoChanges) {
		return d.unchanged(ctx, p.Live, code, result)
	}
	if err != nil {
		return err
	}
	if err := d.Discard(ctx, set); err != nil {
		return err
	}
	names, err := d.codeOnly(set)
	if err != nil {
		return fmt.Errorf("update stack %s in place: %w: provision without -inplace", d.stack, err)
	}
	result.fill(p.Live)
	if names, err = d.behind(ctx, names); err != nil {
		return err
	}
	if len(names) == 0 {
		d.log.Infof("no changes: the functions of stack %s run this code already", d.stack)
		return d.show(result)
	}
	result.Changes = append(result.Changes, set.Changes...)
	if err := d.showChanges(set.Changes); err != nil {
		return err
	}
	if err := d.functions.UpdateCode(ctx, names, code); err != nil {
		return err
	}
	result.InPlace, result.Changed = names, true
	d.log.Infof("updated the code of %s in place; the next provision without -inplace brings stack %s up to it", strings.Join(names, ", "), d.stack)
	return d.show(result)
}

// followsInPlace refuses templates in which something would stay with the old
// code that an update of the stack takes along.
func followsInPlace(template *cloudformation.Template) error {
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		switch resource.Type {
		case "AWS::Lambda::Version", "AWS::Lambda::Alias":
			return fmt.Errorf("%s (%s) is of published code, which would not follow", id, resource.Type)
		case stack.FunctionType:
			if settings, ok := resource.Properties["SnapStart"].(map[string]any); ok && settings["ApplyOn"] != "None" {
				return fmt.Errorf("%s uses SnapStart, whose snapshots are of published code, which would not follow", id)
			}
		}
	}
	return nil
}

// codeOnly lists the functions whose code a change set changes, by their name in
// AWS, if it changes nothing else.
func (d *deployment) codeOnly(set *stack.ChangeSet) ([]string, error) {
	own := map[string]string{} // names by logical id
	for _, info := range d.service.Functions {
		own[template.FunctionLogicalID(info.Name())] = template.FunctionName(d.stack, info.Name())
	}
	changed := map[string]bool{}
	for _, change := range set.Raw {
		if id := aws.ToString(change.LogicalResourceId); own[id] != "" && changesCodeOnly(change) {
			changed[id] = true
		}
	}
	var names, others []string
	for _, change := range set.Raw {
		id := aws.ToString(change.LogicalResourceId)
		switch {
		case changed[id]:
			names = append(names, own[id])
		case !impliedBy(changed, change):
			others = append(others, fmt.Sprintf("%s (%s, %s)", id, aws.ToString(change.ResourceType), change.Action))
		}
	}
	if len(others) > 0 {
		return nil, fmt.Errorf("more than code would change: %s", strings.Join(others, ", "))
	}
	if len(names) == 0 {
		return nil, errors.New("not the code would change but the stack's outputs, parameters or description")
	}
	slices.Sort(names)
	return names, nil
}

// changesCodeOnly tells the change of a function's Code property and nothing else.
func changesCodeOnly(change *cfntypes.ResourceChange) bool {
	if change.Action != cfntypes.ChangeActionModify || aws.ToString(change.ResourceType) != stack.FunctionType ||
		change.Replacement == cfntypes.ReplacementTrue || len(change.Details) == 0 {
		return false
	}
	return !slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		return detail.Target == nil || detail.Target.Attribute != cfntypes.ResourceAttributeProperties ||
			aws.ToString(detail.Target.Name) != "Code"
	})
}

// impliedBy tells changes that CloudFormation thinks possible only because the
// resource refers to a function that changes. Code changes none of its attributes.
func impliedBy(functions map[string]bool, change *cfntypes.ResourceChange) bool {
	if change.Action != cfntypes.ChangeActionModify || len(change.Details) == 0 {
		return false
	}
	return !slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		cause, _, _ := strings.Cut(aws.ToString(detail.CausingEntity), ".")
		return detail.Evaluation != cfntypes.EvaluationTypeDynamic || !functions[cause]
	})
}

// restoreCode gives the functions the code that the stack's template names, if
// they run another, and tells which. It asks for the first one's only: the
// functions of a service share one package, and are always updated in an order
// in which the first one tells (see updateCode).
func (d *deployment) restoreCode(ctx context.Context, code packages.Location) ([]string, error) {
	var names []string
	for _, info := range d.service.Functions {
		names = append(names, template.FunctionName(d.stack, info.Name()))
	}
	slices.Sort(names)
	same, err := d.runs(ctx, names[0])
	switch {
	case connection.HasCode(err, "ResourceNotFoundException"):
		d.log.Warnf("function %s is gone, which CloudFormation does not notice: delete the stack and provision again to have it back", names[0])
		return nil, nil
	case err != nil:
		d.log.Warnf("not known whether %s runs the stack's code: %v", names[0], err)
		return nil, nil
	case same:
		return nil, nil
	}
	slices.Reverse(names)
	if err := d.functions.UpdateCode(ctx, names, code); err != nil {
		return nil, err
	}
	slices.Reverse(names)
	return names, nil
}

// behind lists those of the functions that do not run the package yet.
func (d *deployment) behind(ctx context.Context, names []string) ([]string, error) {
	var behind []string
	for _, name := range names {
		same, err := d.runs(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("look at the code of %s: %w", name, err)
		}
		if !same {
			behind = append(behind, name)
		}
	}
	return behind, nil
}

// runs reports whether a function runs the package.
func (d *deployment) runs(ctx context.Context, name string) (bool, error) {
	configuration, err := d.functions.Configuration(ctx, name)
	if err != nil {
		return false, err
	}
	sum, err := hex.DecodeString(d.pkg.SHA256)
	if err != nil {
		return false, fmt.Errorf("read the package's SHA-256: %w", err)
	}
	switch configuration.LastUpdateStatus {
	case lambdatypes.LastUpdateStatusInProgress, lambdatypes.LastUpdateStatusFailed:
		return false, nil
	}
	return aws.ToString(configuration.CodeSha256) == base64.StdEncoding.EncodeToString(sum), nil
}
