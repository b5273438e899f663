//go:build !lambdabinary

package cgo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/go-sparta/sparta/internal/mainpackage"
	"github.com/go-sparta/sparta/provision"
)

// deployProgram is the main package of the deploy program that all plain applications share: it does not say which
// application this is.
const deployProgram = "github.com/go-sparta/sparta/cmd/spartadeploy"

// withApplication returns the service with the import path of the application, which its stack must belong to. The path
// is the same whether a target or the application itself runs the command.
func (s service) withApplication(ctx context.Context) (provision.Service, error) {
	deployed := s.deployed()
	if deployed.Application = s.deployment.Application; deployed.Application != "" {
		return deployed, nil
	}
	path := mainpackage.Path()
	if path == "" || path == deployProgram {
		var err error
		if path, err = listMainPackage(ctx); err != nil {
			return deployed, fmt.Errorf("find the import path of the application, which identifies its stacks: %w: "+
				"run it as a package (go run . instead of go run main.go) or in the folder of its main package", err)
		}
	}
	deployed.Application = path
	return deployed, nil
}

// listMainPackage asks the go command for the package that a build would compile. A program compiled from files, as by
// go run main.go, does not know its package.
func listMainPackage(ctx context.Context) (string, error) {
	pattern := cmp.Or(os.Getenv("SPARTA_PACKAGE"), ".")
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-f", "{{if .Module}}{{.ImportPath}}{{end}}", "--", pattern)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return "", fmt.Errorf("go list %s: %w: %s", pattern, err, strings.TrimSpace(string(exit.Stderr)))
	}
	path := strings.TrimSpace(string(out))
	if err == nil && (path == "" || strings.ContainsAny(path, "\n ")) {
		err = fmt.Errorf("%s is not a single package of a module", pattern)
	}
	return path, err
}

func (s service) deployed() provision.Service {
	return provision.Service{
		Name: s.name, Description: s.description, Functions: s.functions, API: s.api, Site: s.site,
		Hooks: s.hooks,
	}
}
