package edge

import (
	"errors"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// existing are the associations with distributions that are not the template's.
type existing struct {
	template      *cloudformation.Template
	distributions []any
	associations  map[string][]Association // by the distribution's JSON
}

// add returns an error if another function runs in the association's place.
func (e *existing) add(a Association) error {
	key := identity(a.Distribution)
	for _, other := range e.associations[key] {
		if a.isTaken(other) {
			return a.takenError(other)
		}
	}
	if e.associations == nil {
		e.associations = map[string][]Association{}
	}
	if e.associations[key] == nil {
		e.distributions = append(e.distributions, a.Distribution)
	}
	e.associations[key] = append(e.associations[key], a)
	return nil
}

// identity is the same text for the same distribution: its JSON.
func identity(distribution any) string {
	text, err := plainjson.Marshal(distribution)
	if err != nil {
		return "" // rendering the template reports it
	}
	return string(text)
}

// addResources adds a custom resource for each distribution.
func (e *existing) addResources() error {
	if len(e.distributions) == 0 {
		return nil
	}
	kind := customresource.Associations()
	errs := []error{kind.AddTo(e.template)}
	for _, distribution := range e.distributions {
		key := identity(distribution)
		var entries []map[string]any
		var versions []any // ARNs
		for _, a := range e.associations[key] {
			version := cloudformation.Ref(a.Function.Version)
			entry := map[string]any{"EventType": a.EventType, "Function": version, "IncludeBody": a.IncludeBody}
			if a.PathPattern != "" {
				entry["PathPattern"] = a.PathPattern
			}
			entries = append(entries, entry)
			if all := a.Function.versions(); !slices.Contains(versions, all) {
				versions = append(versions, all)
			}
		}
		errs = append(errs, kind.AddAllowing(e.template, "Edge"+logicalid.Sum([]byte(key))+"Associations",
			map[string]any{"Distribution": distribution, "Associations": entries},
			[]map[string]any{kind.Allow(arnOf(distribution)), replication(versions), serviceRoles()}))
	}
	return errors.Join(errs...)
}

// arnOf is the ARN of a distribution.
func arnOf(distribution any) any {
	return cloudformation.Join{Separator: "", Values: []any{
		cloudformation.Sub("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/"), distribution,
	}}
}

// replication allows CloudFront, on behalf of whoever associates versions, to copy them to its regions. The patterns of
// actions are those of "Set up IAM permissions and roles for Lambda@Edge" in the Amazon CloudFront Developer Guide.
func replication(versions []any) map[string]any {
	return iam.Allow(versions, "lambda:GetFunction", "lambda:EnableReplication*", "lambda:DisableReplication*")
}

// serviceRoles allows creating the roles with which CloudFront copies functions and writes their logs. They are created
// with the account's first association.
func serviceRoles() map[string]any {
	const prefix = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/"
	return iam.Allow([]any{
		cloudformation.Sub(prefix + "replicator.lambda.amazonaws.com/*"),
		cloudformation.Sub(prefix + "logger.cloudfront.amazonaws.com/*"),
	}, "iam:CreateServiceLinkedRole")
}

// Permissions are the actions that deploying associations requires, besides those of distributions.
func Permissions() []string {
	return []string{
		"lambda:GetFunction", "lambda:EnableReplication*", "lambda:DisableReplication*",
		"iam:CreateServiceLinkedRole", "cloudfront:GetDistribution", "cloudfront:GetDistributionConfig",
		"cloudfront:UpdateDistribution",
	}
}
