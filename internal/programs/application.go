package programs

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/process"
)

// Application is a Sparta application, which is the deploy program of its own stack, or an unchanged application of the
// original Sparta, whose program renders the template.
type Application struct {
	Dir, Package string
	GOFLAGS      string // of the environment
	Tags         string // build tags, in addition to those of GOFLAGS
	Output       string // path of the program
	Original     string // version of the original Sparta; empty means this module's
}

// CompileApplication compiles an application as a program for this machine.
func CompileApplication(ctx context.Context, a Application) error {
	if err := files.CanRun(filepath.Dir(a.Output)); err != nil {
		return fmt.Errorf("build the deploy program: %w", err)
	}
	flags, err := goflags.Read(a.GOFLAGS)
	if err != nil {
		return err
	}
	tags := "-tags=" + strings.Join(goflags.MergeTags(append(flags.Tags, a.Tags)...), ",")
	cmd := process.Command(ctx, "go", "build", "-buildvcs=false", tags, "-ldflags="+goflags.MergeLinker(""),
		"-o", a.Output, a.Package)
	process.EndAsGroup(cmd)
	cmd.Dir = a.Dir
	cmd.Env = append(cmd.Environ(), "GOOS=", "GOARCH=", "GOFLAGS="+flags.Rest)
	if out, err := cmd.CombinedOutput(); err != nil {
		if err = process.Explain(ctx, err); process.IsInterrupted(err) {
			return fmt.Errorf("build the deploy program: %w", err)
		}
		said := gosource.WithAdvice(strings.TrimSpace(string(out)))
		if a.Original != "" {
			return fmt.Errorf("build the application's own program, which renders the template: it has to compile "+
				"with its own Sparta %s (go build): %w\n%w", a.Original, err, said)
		}
		return fmt.Errorf("build the deploy program: %w\n%w", err, said)
	}
	return nil
}
