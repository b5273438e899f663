package edge

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// Association is an association and its function.
type Association struct {
	sparta.EdgeAssociation
	Function Function
}

// AddTo adds the associations of functions to a template that has the functions, the site, and what hooks add.
func AddTo(template *cloudformation.Template, functions []Function) error {
	errs := checkVersions(template)
	functions = slices.Clone(functions) // the template does not depend on their order
	slices.SortFunc(functions, func(a, b Function) int { return cmp.Compare(a.Name, b.Name) })
	existing := &existing{template: template}
	var places []*place
	for _, function := range functions {
		for _, one := range function.Options.EdgeAssociations {
			a := Association{one, function}
			id, err := a.distribution(template)
			switch {
			case err != nil:
			case id == "":
				err = existing.add(a)
			default:
				var found *place
				if found, err = a.place(template, id); err == nil {
					places = append(places, found)
				}
			}
			if err != nil {
				errs = append(errs, a.Explain(err))
			}
		}
	}
	for i, place := range places { // after the site has all of its behaviors, which begin as copies of the default one
		if err := place.addFunction(places[:i]); err != nil {
			errs = append(errs, place.Explain(err))
		}
	}
	return errors.Join(append(errs, existing.addResources())...)
}

// Explain says whose associations an error is about.
func (a Association) Explain(err error) error {
	return fmt.Errorf("function %s: EdgeAssociations: %w", a.Function.Name, err)
}

// distribution is the logical ID of the association's distribution. It is empty if the template does not have it.
func (a Association) distribution(template *cloudformation.Template) (string, error) {
	id := ""
	switch intrinsic := arn.Generic(a.Distribution).(type) {
	case nil:
		if template.Resources[site.DistributionID] == nil {
			return "", errors.New("the service has no site with a distribution: set Distribution")
		}
		return site.DistributionID, nil
	case map[string]any:
		if id = referred(intrinsic); id == "" {
			return "", checkForeign(template, a.Distribution)
		}
	}
	resource := template.Resources[id]
	switch _, isParameter := template.Parameters[id]; {
	case id == "" || isParameter:
		return "", nil
	case resource == nil:
		return "", fmt.Errorf("the template has no resource %s: add the distribution in a hook", id)
	case resource.Type != distributionType:
		return "", fmt.Errorf("resource %s is an %s: Distribution must refer to an %s", id, resource.Type,
			distributionType)
	}
	return id, nil
}

// checkForeign returns an error if an expression that is not the ID of a distribution refers to one of the template.
func checkForeign(template *cloudformation.Template, distribution any) error {
	ids, err := cloudformation.References(distribution)
	for _, id := range ids {
		if resource := template.Resources[id]; resource != nil && resource.Type == distributionType {
			return fmt.Errorf("the Distribution refers to %s by %s: use cloudformation.Ref(%q)", id,
				show.Expression(distribution), id)
		}
	}
	return err
}

// referred is the logical ID of the resource whose physical ID an intrinsic results in: Ref, or Fn::GetAtt of Id. It is
// empty for other intrinsics.
func referred(intrinsic map[string]any) string {
	if id, isText := intrinsic["Ref"].(string); isText {
		return id
	}
	attribute := intrinsic["Fn::GetAtt"]
	if parts, isList := attribute.([]any); isList && len(parts) == 2 && parts[1] == "Id" {
		attribute = fmt.Sprint(parts[0], ".Id")
	}
	text, _ := attribute.(string)
	if id, isID := strings.CutSuffix(text, ".Id"); isID {
		return id
	}
	return ""
}

const distributionType = "AWS::CloudFront::Distribution"
