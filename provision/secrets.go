package provision

import (
	"cmp"
	"maps"
	"os"
	"slices"

	"github.com/go-sparta/sparta/provision/internal/secrets"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// secretsFor are those of a service's environment variables, of parameters and of
// the environment's credentials. A value that names what the run speaks of anyway
// is none.
func secretsFor(service Service, options Options) secrets.Values {
	spoken := []string{
		service.Name, service.Description, stackName(service, options.Stack), options.S3Bucket, options.BuildID,
		cmp.Or(options.Session.Region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
	}
	values := slices.Collect(maps.Values(options.Params))
	for _, info := range service.Functions {
		spoken = append(spoken, info.Name(), template.FunctionName(stackName(service, options.Stack), info.Name()), info.RoleName)
		if info.Options != nil {
			for _, value := range info.Options.Environment {
				values = append(values, secrets.Literals(value)...)
			}
		}
	}
	for _, variable := range []string{"AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN"} {
		values = append(values, os.Getenv(variable))
	}
	return secrets.New(spoken, values)
}
