//go:build !lambdabinary

package cgo

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/repack"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// build calls the hooks of the build, builds the package, and returns it and the workspace.
func (s service) build(
	ctx context.Context, deployed provision.Service, options provision.Options,
) (provision.Package, string, error) {
	work := &sparta.Workflow{
		ServiceName: s.name,
		S3Bucket:    options.S3Bucket,
		BuildID:     options.BuildID,
		NoOp:        options.NoOp,
		Context:     s.hooks.Context,
		Logger:      options.Logger,
	}
	var pkg provision.Package
	var workspace string
	var err error
	switch {
	case options.NoOp:
	case s.hooksBuild(): // a wrong role or bucket would waste the hooks' work
		err = provision.Verify(ctx, deployed, options)
	case s.deployment.Package == nil: // a target that has built it has checked this before
		err = provision.CheckAccess(ctx, options)
	}
	if err == nil {
		pkg, workspace, err = s.buildWith(ctx, options.Logger, work)
	}
	if err != nil {
		err = errors.Join(err, hooks.CallStage(context.WithoutCancel(ctx), "Rollback", s.hooks, work))
	}
	return pkg, workspace, err
}

// hooksBuild reports whether hooks take part in the build.
func (s service) hooksBuild() bool {
	return len(s.hooks.At("PreBuild"))+len(s.hooks.At("PostBuild"))+len(s.hooks.At("Archive")) > 0
}

func (s service) buildWith(
	ctx context.Context, logger *logrus.Logger, work *sparta.Workflow,
) (pkg provision.Package, workspace string, err error) {
	if err := hooks.CallStage(ctx, "PreBuild", s.hooks, work); err != nil {
		return pkg, "", err
	}
	artifact, err := s.artifact(ctx, logger)
	if err != nil {
		return pkg, "", err
	}
	workspace = filepath.Dir(artifact.Zip)
	if err := hooks.CallStage(ctx, "PostBuild", s.hooks, work); err != nil {
		return pkg, workspace, err
	}
	pkg = packageOf(artifact)
	return pkg, workspace, s.archive(ctx, artifact, &pkg, work)
}

func packageOf(artifact *spartamage.Artifact) provision.Package {
	return provision.Package{
		Zip:    artifact.Zip,
		Size:   artifact.Size,
		GOARCH: artifact.GOARCH,
		Python: artifact.Python,
		Layer:  artifact.Layer,
	}
}

// verify compares the code of deployed functions with the package, which it builds if that is not up to date. Of the
// hooks, it calls only those that add files to the package.
func (s service) verify(ctx context.Context, options provision.VerifyOptions) error {
	build := s.deployment.Build
	build.Logger, build.Vulncheck = options.Logger, "false"
	artifact, err := spartamage.Build(ctx, build)
	if err != nil {
		return err
	}
	if s.hooks == nil {
		s.hooks = &sparta.WorkflowHooks{}
	}
	pkg := packageOf(artifact)
	work := &sparta.Workflow{ServiceName: s.name, NoOp: true, Context: s.hooks.Context, Logger: options.Logger}
	if err := s.archive(ctx, artifact, &pkg, work); err != nil {
		return err
	}
	return provision.VerifyCode(ctx, s.deployed(), pkg, options)
}

// archive lets the Archive hooks add files to the package.
func (s service) archive(
	ctx context.Context, artifact *spartamage.Artifact, pkg *provision.Package, work *sparta.Workflow,
) error {
	if len(s.hooks.At("Archive")) == 0 {
		return nil
	}
	built := repack.Package{Zip: artifact.Zip, Stage: artifact.Stage, Name: artifact.Name}
	report, err := repack.Add(ctx, built, func(w sparta.PackageWriter) error {
		work.Archive = w
		defer func() { work.Archive = nil }()
		return hooks.CallStage(ctx, "Archive", s.hooks, work)
	})
	if err != nil {
		return err
	}
	if report.Path != artifact.Zip {
		application := filepath.Dir(filepath.Dir(artifact.Zip))
		work.Logger.WithField(progress.Step, "archive").Infof("%s  %s", files.Shown(application, report.Path), report)
	}
	pkg.Zip, pkg.Size = report.Path, report.Size
	return nil
}

// artifact returns the package that the targets have prepared, or else builds it. It always builds it if there are
// PreBuild hooks, because they may have changed the sources.
func (s service) artifact(ctx context.Context, logger *logrus.Logger) (*spartamage.Artifact, error) {
	if finished := s.deployment.Finished(); finished != nil && len(s.hooks.At("PreBuild")) == 0 {
		if !s.deployment.Built {
			application := filepath.Dir(filepath.Dir(finished.Zip))
			logger.WithField(progress.Step, "unchanged").Info(files.Shown(application, finished.Zip))
		}
		return finished, nil
	}
	build := s.deployment.Build
	build.Logger = logger
	return spartamage.Build(ctx, build)
}
