package template

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
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
		Properties:          map[string]any{"FunctionName": f.ref()},
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
	return template.Add(f.aliasID(), &cloudformation.Resource{Type: "AWS::Lambda::Alias", Properties: alias})
}

func (version) permissions() []string {
	return []string{
		"lambda:PublishVersion", "lambda:ListVersionsByFunction",
		"lambda:CreateAlias", "lambda:UpdateAlias", "lambda:GetAlias", "lambda:DeleteAlias",
		"lambda:PutProvisionedConcurrencyConfig", "lambda:GetProvisionedConcurrencyConfig",
		"lambda:DeleteProvisionedConcurrencyConfig",
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

func (version) facts(f function) []Fact {
	var facts []Fact
	if f.options.PublishesVersions() {
		facts = append(facts, Fact{"Versions", "one for each change"})
	}
	if alias := f.options.AliasName(); alias != "" {
		facts = append(facts, Fact{"Alias", alias})
	}
	if ready := f.options.ProvisionedConcurrency; ready > 0 {
		facts = append(facts, Fact{"Concurrency provisioned", fmt.Sprint(ready)})
	}
	return facts
}

func (f function) aliasID() string { return f.id + "Alias" }
