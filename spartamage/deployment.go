package spartamage

import (
	"encoding/json"
	"fmt"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/programs"
)

// Deployment is what the targets pass to a deploy program beside its flags, as JSON in its environment: it can hold
// secret values of environment variables, which must not be in arguments or files.
type Deployment struct {
	Build       BuildOptions
	Service     Service
	Application string            // import path of the application's main package
	Parameters  map[string]string // values of the template's parameters

	// Original is the version of the original Sparta if the application is one of its version 1, unchanged. Program is
	// then the application's own program, which runs in Folder.
	Original, Program, Folder string

	Package *Artifact // up to date, unless the program has to build it
	Built   bool      // whether Package was built for this deployment

	// Done is the path of a file that package cgo creates when a command has succeeded. Without it, exit status 0 may
	// mean that main, or a hook, ended the program.
	Done string
}

// DeployVariable is the environment variable that holds a Deployment. Where that is long, further variables continue
// it, as programs.LongVariable describes.
const DeployVariable = "SPARTA_DEPLOY"

// ReadDeployment reads the Deployment of this deploy program. It is empty if the program was started by hand. Package
// cgo removes it from the environment: no child of the program needs it.
func ReadDeployment() (Deployment, error) {
	var deployment Deployment
	text, ok := programs.LongVariable(DeployVariable).Lookup()
	if !ok {
		return deployment, nil
	}
	if err := json.Unmarshal([]byte(text), &deployment); err != nil {
		// The decoder's message could quote the value, which may hold secrets.
		return deployment, fmt.Errorf("%s is not the JSON of a deployment: only the targets set it; unset it",
			DeployVariable)
	}
	return deployment, nil
}

// HasLayer reports whether the application's Python packages are deployed as a layer.
func (d Deployment) HasLayer() (bool, error) {
	build, err := d.Build.resolve()
	return build.RequirementsLayer && build.Requirements != "", err
}

// Finished returns the Package, or nil if there is none or its files have changed since it was built.
func (d Deployment) Finished() *Artifact {
	if d.Package == nil || !archive.IsIntact(d.Package.Zip, d.Package.Checksum, d.Package.Stage) {
		return nil
	}
	return d.Package
}

// Confirm reports to the targets that the command has succeeded.
func (d Deployment) Confirm() error { return programs.Confirm(d.Done) }
