package explore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/plainservice"
	"github.com/go-sparta/sparta/provision/local"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// describe describes the service of a build. A plain application's is in its magefile. A Sparta application describes
// itself, as a program for this machine, which has to be compiled.
func describe(
	ctx context.Context, settings Settings, built spartamage.LocalBuild, log *logrus.Logger,
) (localservice.Service, error) {
	settings.Build.Logger = log
	switch {
	case built.Artifact.Original != "":
		return describeOriginal(ctx, settings)
	case built.Sparta:
		return describeItself(ctx, settings)
	}
	return describePlain(settings)
}

func describePlain(settings Settings) (localservice.Service, error) {
	service, info, err := plainservice.Describe(settings.Service, settings.Build)
	if err != nil {
		return localservice.Service{}, err
	}
	functions := []*sparta.LambdaAWSInfo{info}
	description, err := sparta.NewServiceDescription(service.Name, service.Description, functions, nil)
	if err != nil {
		return localservice.Service{}, err
	}
	if description.API, description.Site, err = plainservice.Front(service); err != nil {
		return localservice.Service{}, err
	}
	described := localservice.Of(description, functions)
	if described.Picture, err = local.Picture(description, functions, nil); err != nil {
		return localservice.Service{}, err
	}
	return described, nil
}

// describeItself runs the application's own program.
func describeItself(ctx context.Context, settings Settings) (service localservice.Service, err error) {
	out, err := deploy(ctx, settings, commandline.LocalService)
	if err != nil {
		return service, err
	}
	if service, err = localservice.Read(out); err != nil {
		return service, fmt.Errorf("describe the service: %w", err)
	}
	return service, nil
}

// describeOriginal describes the functions of an application of the original Sparta, whose template its own Sparta
// renders.
func describeOriginal(ctx context.Context, settings Settings) (service localservice.Service, err error) {
	out, err := deploy(ctx, settings, commandline.OriginalFunctions)
	if err != nil {
		return service, err
	}
	var functions []invocation.Original
	if err := json.Unmarshal(out, &functions); err != nil {
		return service, fmt.Errorf("read the names of the functions: %w", err)
	}
	for _, one := range functions {
		service.Functions = append(service.Functions, localservice.Function{
			Name:     one.Function,
			Settings: one.Variables,
			Unknown:  one.Unknown,
			Description: sparta.FunctionDescription{
				Name: one.Name, Handler: invocation.OriginalHandler, MemorySize: one.MemorySize, Timeout: one.Timeout,
			},
		})
	}
	return service, nil
}

// deploy runs a command of the deploy program, and returns its output.
func deploy(ctx context.Context, settings Settings, command string) ([]byte, error) {
	var out, messages bytes.Buffer
	err := spartamage.Deploy(ctx, command, spartamage.DeployOptions{
		Build: settings.Build, Service: settings.Service, Stdin: bytes.NewReader(nil), Stdout: &out, Stderr: &messages,
	})
	if err != nil && messages.Len() > 0 {
		err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(messages.Bytes()))
	}
	return out.Bytes(), err
}
