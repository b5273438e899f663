package template

import (
	"maps"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// environment sets the function's variables and the key that encrypts them. Their values are written to the template
// only, and their names are shown by the page itself.
type environment struct{ absent }

func (environment) configure(f function, resource *cloudformation.Resource) {
	variables := f.options.Environment
	if f.discovery != nil {
		variables = map[string]any{discovery.Variable: f.discovery}
		maps.Copy(variables, f.options.Environment)
	}
	if len(variables) > 0 {
		resource.Properties["Environment"] = map[string]any{"Variables": variables}
	}
	if f.options.KmsKeyArn != "" {
		resource.Properties["KmsKeyArn"] = f.options.KmsKeyArn
	}
}

func (environment) statements(f function) []map[string]any {
	if f.options.KmsKeyArn == "" {
		return nil
	}
	return []map[string]any{iam.Allow(f.options.KmsKeyArn, "kms:Decrypt")}
}

// permissions are for dynamic references, which CloudFormation resolves with the permissions of the deployment's user.
func (environment) permissions() []string {
	return []string{"ssm:GetParameters", "secretsmanager:GetSecretValue"}
}

func (environment) facts(f function) []show.Fact {
	if f.options.KmsKeyArn == "" {
		return nil
	}
	return []show.Fact{{Name: "Key of the environment", Value: f.options.KmsKeyArn}}
}
