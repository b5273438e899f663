package provision

import (
	"maps"
	"os"
	"slices"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/secrets"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// secretsFor are the secrets in a service's environment variables, in parameters and in the environment's credentials.
// A value that the run mentions anyway is not a secret.
func secretsFor(service Service, options Options) secrets.Values {
	name := stackName(service, options.Stack)
	mentioned := []string{
		service.Name, service.Description, name, options.S3Bucket, options.BuildID,
		connection.Region(options.Session.Region),
	}
	values := slices.Collect(maps.Values(options.Params))
	for _, info := range service.Functions {
		mentioned = append(mentioned, info.Name(), template.FunctionName(name, info.Name()), info.RoleName)
		if info.Options != nil {
			for _, value := range info.Options.Environment {
				values = append(values, secrets.Literals(value)...)
			}
		}
	}
	for _, variable := range []string{"AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"} {
		values = append(values, os.Getenv(variable))
	}
	return secrets.New(mentioned, values)
}
