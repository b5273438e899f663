package explore

import (
	"bytes"
	"context"
	"fmt"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
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
		return describeOriginal(ctx, settings, built.Artifact)
	case built.Sparta:
		return describeWith(ctx, settings, commandline.LocalService)
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

// describeWith runs a command of the deploy program, which is the application's own if that describes itself.
func describeWith(
	ctx context.Context, settings Settings, command string, args ...string,
) (service localservice.Service, err error) {
	out, err := deploy(ctx, settings, command, args)
	if err != nil {
		return service, err
	}
	if service, err = localservice.Read(out); err != nil {
		return service, fmt.Errorf("describe the service: %w", err)
	}
	return service, nil
}

// describeOriginal describes an application of the original Sparta, whose template its own Sparta renders. Its Archive
// hooks add their files, as in a deployment.
func describeOriginal(
	ctx context.Context, settings Settings, artifact spartamage.Artifact,
) (service localservice.Service, err error) {
	args := commandline.Arguments(&commandline.OriginalPackage{
		Stage: artifact.Stage, Library: artifact.Name, Zip: artifact.Zip, Site: true,
	})
	return describeWith(ctx, settings, commandline.OriginalService, append(args, "--level=warn")...)
}

// deploy runs a command of the deploy program, and returns its output.
func deploy(ctx context.Context, settings Settings, command string, args []string) ([]byte, error) {
	var out, messages bytes.Buffer
	err := spartamage.Deploy(ctx, command, spartamage.DeployOptions{
		Build: settings.Build, Service: settings.Service, Args: args,
		Stdin: bytes.NewReader(nil), Stdout: &out, Stderr: &messages,
	})
	text := bytes.TrimSpace(messages.Bytes())
	switch {
	case len(text) == 0:
	case err != nil:
		err = fmt.Errorf("%w: %s", err, text)
	default:
		settings.Build.Logger.Debugf("%s: %s", command, text)
	}
	return out.Bytes(), err
}
