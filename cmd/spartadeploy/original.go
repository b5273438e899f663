package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/internal/original"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/repack"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// deployOriginal runs a command for an unchanged application of the original Sparta.
func deployOriginal(deployment spartamage.Deployment, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log, err := progress.NewLogger(os.Stderr, progress.Options{
		Level: flagOf(args, "level"), Source: "--level", Format: flagOf(args, "format"),
	})
	if err != nil {
		return err
	}
	rendered, err := render(ctx, deployment, args, log)
	if err != nil {
		return err
	}
	service, err := original.NewService(rendered)
	if err != nil {
		return err
	}
	if args[0] == commandline.OriginalService {
		if err := describeOriginal(ctx, service, args, log); err != nil {
			return err
		}
		return deployment.Confirm()
	}
	stop()
	return cgo.MainEx(service.Name, service.Description, service.Functions, nil, nil, service.Hooks)
}

// describeOriginal writes what local runs need to know of a service, and makes the folder that they run in.
func describeOriginal(
	ctx context.Context, service *original.Service, args []string, log *logrus.Logger,
) error {
	local, problem, err := service.Local(slices.Contains(args, "--site"))
	if err != nil {
		return err
	}
	if problem != nil {
		log.Warnf("the service is described without picture, API and sources: %v", problem)
	}
	pkg := repack.Package{Stage: flagOf(args, "stage"), Name: flagOf(args, "library"), Zip: flagOf(args, "zip")}
	stage, err := repack.Stage(ctx, pkg, func(w sparta.PackageWriter) error {
		work := &sparta.Workflow{ServiceName: service.Name, Archive: w, Logger: log}
		return hooks.CallStage(ctx, "Archive", service.Hooks, work)
	})
	if err != nil {
		return err
	}
	if stage != pkg.Stage {
		local.Stage = stage
	}
	return local.Write(os.Stdout)
}

// render returns the application's own template. A deployment renders it once, although the deploy program runs twice.
// A local run renders it each time, because the files that hooks add may have changed. Other commands use the last one
// of the same program.
func render(
	ctx context.Context, deployment spartamage.Deployment, args []string, log *logrus.Logger,
) (*original.Rendered, error) {
	options := original.Options{
		Version:   deployment.Original,
		Program:   deployment.Program,
		Dir:       deployment.Folder,
		Workspace: filepath.Dir(filepath.Dir(deployment.Program)),
		Region:    flagOf(args, "region"),
		Profile:   flagOf(args, "profile"),
		Logger:    log,
		Arguments: []string{"--s3Bucket=" + original.PlaceholderBucket},
	}
	run := ""
	if args[0] == "provision" {
		run = deployment.Done
		if bucket := flagOf(args, "s3Bucket"); bucket != "" {
			options.Arguments[0] = "--s3Bucket=" + bucket
		}
		for _, name := range []string{"buildID", "level", "tags", "ldflags"} {
			if value := flagOf(args, name); value != "" {
				options.Arguments = append(options.Arguments, "--"+name+"="+value)
			}
		}
	}
	rendered := options.Last(run)
	check := slices.Contains(args, "--check")
	if rendered == nil || args[0] == commandline.OriginalService {
		if !check { // whose messages are not shown: the target has announced it
			log.WithField(progress.Step, "render").Info(commandline.Rendering(deployment.Original))
			defer progress.Clock(log, "rendering the template")()
		}
		var err error
		if rendered, err = original.Render(ctx, options); err != nil {
			return nil, err
		}
	}
	if !check {
		run = "" // the next deployment renders it again
	}
	if err := options.Keep(run, rendered); err != nil {
		return nil, fmt.Errorf("keep the template: %w", err)
	}
	return rendered, nil
}

// flagOf returns the value of a flag, or nothing. Its own package parses flags later, when the service is known.
func flagOf(args []string, name string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			return value
		}
		if arg == "--"+name && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
