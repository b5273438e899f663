package template

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// version publishes the function as it is now, with an alias that refers to it.
type version struct{ absent }

func (version) addTo(template *cloudformation.Template, f function) error {
	if f.versionID == "" {
		return nil
	}
	// Versions are kept, so that an alias can go back to them, but not the version of a deployment that is rolled back:
	// Lambda would not publish the same again. A snapshot costs money as long as its version exists.
	deletion, replacement := cloudformation.RetainExceptOnCreate, cloudformation.Retain
	if f.options.SnapStarts() {
		deletion, replacement = cloudformation.Delete, cloudformation.Delete
	}
	err := template.Add(f.versionID, &cloudformation.Resource{
		Type:                "AWS::Lambda::Version",
		DeletionPolicy:      deletion,
		UpdateReplacePolicy: replacement,
		Properties: map[string]any{
			"FunctionName": f.ref(),
			"Description":  describeVersion(f.options.Description, f.stack),
		},
	})
	if err != nil || f.options.AliasName() == "" {
		return err
	}
	alias := map[string]any{
		"Name":            f.options.AliasName(),
		"FunctionName":    f.ref(),
		"FunctionVersion": cloudformation.GetAtt{f.versionID, "Version"},
	}
	if ready := f.options.ProvisionedConcurrency; ready > 0 {
		alias["ProvisionedConcurrencyConfig"] = map[string]any{"ProvisionedConcurrentExecutions": ready}
	}
	return template.Add(f.aliasID(), &cloudformation.Resource{Type: AliasType, Properties: alias})
}

// AliasType is CloudFormation's type of aliases.
const AliasType = "AWS::Lambda::Alias"

// PublishedBy is the end of the description of each version that a stack publishes. It says which old versions may be
// deleted: versions have no tags.
func PublishedBy(stack string) string { return "[published by stack " + stack + "]" }

// describeVersion is the description of a version: the function's, and the stack.
func describeVersion(description, stack string) string {
	return withMark(description, PublishedBy(stack))
}

func (version) permissions() []string {
	return []string{
		"lambda:PublishVersion", "lambda:ListVersionsByFunction",
		"lambda:CreateAlias", "lambda:UpdateAlias", "lambda:GetAlias", "lambda:DeleteAlias",
		"lambda:PutProvisionedConcurrencyConfig", "lambda:GetProvisionedConcurrencyConfig",
		"lambda:DeleteProvisionedConcurrencyConfig",
		"lambda:DeleteFunction", "lambda:ListAliases", "lambda:ListProvisionedConcurrencyConfigs",
		"lambda:ListEventSourceMappings", "lambda:GetPolicy",
	}
}

func (version) outputs(f function) []output {
	var outputs []output
	if alias := f.options.AliasName(); alias != "" {
		outputs = append(outputs, output{unguessable, f.aliasID() + "Arn", cloudformation.Output{
			Description: "ARN of " + f.info.Name() + "'s alias " + alias,
			Value:       cloudformation.Ref(f.aliasID()),
		}})
	}
	if f.versionID != "" {
		outputs = append(outputs, output{unguessable, f.id + "VersionArn", cloudformation.Output{
			Description: "ARN of " + f.info.Name() + "'s newest version",
			Value:       cloudformation.Ref(f.versionID),
		}})
	}
	return outputs
}

func (version) facts(f function) []show.Fact {
	var facts []show.Fact
	if f.options.PublishesVersions() {
		facts = append(facts, show.Fact{Name: "Versions", Value: "one for each change"})
	}
	if alias := f.options.AliasName(); alias != "" {
		facts = append(facts, show.Fact{Name: "Alias", Value: alias})
	}
	if ready := f.options.ProvisionedConcurrency; ready > 0 {
		facts = append(facts, show.Fact{Name: "Concurrency provisioned", Value: fmt.Sprint(ready)})
	}
	return facts
}

func (f function) aliasID() string { return AliasLogicalID(f.info.Name()) }

// IsVersionOf reports whether a logical ID is that of a version of a service's function.
func IsVersionOf(id, name string) bool {
	hash, ok := strings.CutPrefix(id, logicalid.Words(name)+"Version")
	return ok && len(hash) == len(shortSum(nil))
}

// AliasLogicalID is the logical ID of the alias of a service's function in its stack.
func AliasLogicalID(name string) string { return logicalid.Words(name) + "Alias" }
