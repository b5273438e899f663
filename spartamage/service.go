package spartamage

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/naming"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// Service describes a plain aws-lambda-go application: one function and its
// role. An environment variable that is set takes precedence over its field.
type Service struct {
	Name        string // SPARTA_SERVICE: names the stack; empty means the package's folder
	Description string // SPARTA_DESCRIPTION
	Function    string // SPARTA_FUNCTION: the function's name; empty means the service's, or main if that is long
	RoleName    string // SPARTA_ROLE: an existing role; empty means one with Privileges

	MemorySize int64 // SPARTA_MEMORY_SIZE: MB; 0 means Options', or 128
	Timeout    int64 // SPARTA_TIMEOUT: seconds, or 30s; 0 means Options', or 3

	// Privileges of the function's role, a []sparta.IAMRolePrivilege, and its other
	// settings, a sparta.LambdaFunctionOptions. Only a magefile that sets them has
	// to import package sparta.
	Privileges any
	Options    any

	// What invokes the function: a sparta.Permissions, and a
	// []sparta.EventSourceMapping of what Lambda reads for it.
	Permissions         any
	EventSourceMappings any
	API                 any // a *sparta.API; resources without a function invoke the only one
	Site                any // a *sparta.S3Site

	Resources any // other resources of the stack, such as a queue: a map[string]cloudformation.Resource
}

// Resolve applies the environment and the defaults.
func (s Service) Resolve(build BuildOptions) (Service, error) {
	commandline.TextSetting(&s.Name, "SPARTA_SERVICE", "")
	commandline.TextSetting(&s.Description, "SPARTA_DESCRIPTION", "")
	commandline.TextSetting(&s.Function, "SPARTA_FUNCTION", "")
	commandline.TextSetting(&s.RoleName, "SPARTA_ROLE", "")
	if s.Name == "" {
		dir, err := filepath.Abs(filepath.Join(build.Dir, filepath.FromSlash(build.Package)))
		if err != nil {
			return s, fmt.Errorf("name the service: %w", err)
		}
		s.Name = naming.Service(cmp.Or(build.Name, naming.Folder(dir)))
	}
	if s.Function == "" {
		s.Function = naming.Function(s.Name)
	}
	var err error
	if value := os.Getenv("SPARTA_MEMORY_SIZE"); value != "" {
		if s.MemorySize, err = strconv.ParseInt(value, 10, 64); err != nil {
			return s, fmt.Errorf("SPARTA_MEMORY_SIZE must be a number of megabytes, got %q", value)
		}
	}
	if value := os.Getenv("SPARTA_TIMEOUT"); value != "" {
		if s.Timeout, err = commandline.Seconds("SPARTA_TIMEOUT", value); err != nil {
			return s, err
		}
	}
	return s, nil
}

// fault returns an error that names the field that cannot be encoded as JSON.
func (s Service) fault(err error) error {
	return plainjson.Fault("Service.", map[string]any{
		"Privileges": s.Privileges, "Options": s.Options, "Permissions": s.Permissions,
		"EventSourceMappings": s.EventSourceMappings, "API": s.API, "Site": s.Site, "Resources": s.Resources,
	}, fmt.Errorf("describe the deployment: %w", err))
}
