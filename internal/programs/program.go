// Package programs compiles and starts the programs of this module that targets use, and defines what targets tell
// them.
package programs

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/workspace"
)

// The programs that targets start, apart from the go command and the container engine.
const (
	Run    = "spartarun"    // runs functions, as cmd/sparta does
	Deploy = "spartadeploy" // deploys plain applications, with the AWS SDK
	Sparta = "sparta"       // the targets' own commands, among them explore
)

// Path returns the path of one of this module's programs, compiled for this machine. The program of a release
// is compiled once and kept in the user's cache folder. The program of a local copy of the module is brought up
// to date in the workspace. The log, which may be nil, has a step if the program is compiled for the first time.
func Path(ctx context.Context, w workspace.Dir, name string, log *logrus.Logger) (string, error) {
	if info, ok := debug.ReadBuildInfo(); ok && name != Deploy && info.Path == gosource.ModulePath+"/cmd/sparta" {
		return os.Executable()
	}
	path, err := compiledProgram(ctx, w, name, log)
	if err != nil {
		return "", fmt.Errorf("build the program %s: %w", name, err)
	}
	return path, nil
}

// LockedPath locks the workspace and returns Path. It is for callers that do not hold the workspace's lock.
func LockedPath(ctx context.Context, w workspace.Dir, name string, log *logrus.Logger) (string, error) {
	release, err := w.Open(ctx, func() {})
	if err != nil {
		return "", err
	}
	defer release()
	return Path(ctx, w, name, log)
}

func compiledProgram(ctx context.Context, w workspace.Dir, name string, log *logrus.Logger) (string, error) {
	if project, _, vendored := cutVendor(CompiledFrom()); vendored {
		path := ownProgram(w, name)
		if err := files.CanRun(filepath.Dir(path)); err != nil {
			return "", err
		}
		return path, announced(log, path, name, func() error { return compileVendored(ctx, project, name, path) })
	}
	source, err := ownFolder(ctx)
	if err != nil {
		return "", err
	}
	version := moduleversion.Current()
	cache, err := os.UserCacheDir()
	if err != nil || !strings.HasSuffix(source, "@"+version) {
		path := ownProgram(w, name)
		if err := files.CanRun(filepath.Dir(path)); err != nil {
			return "", err
		}
		return path, announced(log, path, name, func() error { return compileProgram(ctx, source, name, path, "") })
	}
	path := filepath.Join(cache, "sparta", "programs", version+"-"+runtime.Version(), Executable(name))
	if err := files.CanRun(filepath.Dir(path)); err != nil {
		return "", fmt.Errorf("%w; XDG_CACHE_HOME can name another folder for programs", err)
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	if err := files.SweepScratch(path); err != nil {
		return "", err
	}
	unfinished := files.Scratch(path)
	defer os.Remove(unfinished)
	err = announced(log, path, name, func() error {
		return compileProgram(ctx, source, name, unfinished, moduleversion.LinkerFlag(version))
	})
	if err != nil {
		return "", err
	}
	return path, os.Rename(unfinished, path)
}

// announced compiles a program. It is a step of its own only the first time, which takes much longer than the others.
// For the deploy program, whoever needs it has a step.
func announced(log *logrus.Logger, path, name string, compile func() error) error {
	what := map[string]string{
		Run:    "the program that runs functions",
		Sparta: "the program that runs the service",
		Deploy: "the deploy program",
	}[name]
	if log == nil {
		return compile()
	}
	Announce(log, path, what)
	if name == Deploy {
		return compile()
	}
	defer progress.Clock(log, "compiling "+what)()
	if files.IsFile(path) {
		return compile()
	}
	return progress.Run(log, "prepare", func() (string, error) { return what, compile() })
}

// Announce logs that a program is compiled, unless there is one, which takes no time to bring up to date.
func Announce(log *logrus.Logger, path, what string) {
	if !files.IsFile(path) {
		log.WithField(progress.Step, "prepare").Infof("compiling %s for the first time; this may take a minute", what)
	}
}

func ownProgram(w workspace.Dir, name string) string {
	return filepath.Join(string(w), "programs", Executable(name))
}

// Executable returns a program's file name on this system.
func Executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// compileProgram compiles a program in this module's own folder, whose go.mod and go.sum have everything that
// it needs. If that fails because a module cannot be downloaded, the module of the working directory may have the
// packages, in its vendor folder or in other versions.
func compileProgram(ctx context.Context, source, name, path, ldflags string) error {
	flags := "-mod=readonly"
	if env, err := gosource.ReadEnvironment(ctx, ".", "", ""); err == nil && goflags.Trimpath(env.GOFLAGS) {
		flags += " -trimpath"
	}
	err := goBuildProgram(ctx, source, name, path, ldflags, "GOWORK=off", "GOFLAGS="+flags)
	if err != nil && compileVendored(ctx, ".", name, path) == nil {
		return nil
	}
	return err
}

// compileVendored compiles a program as a package of the module in dir, or of its vendor folder.
func compileVendored(ctx context.Context, dir, name, path string) error {
	env, err := gosource.ReadEnvironment(ctx, dir, "", "")
	if err != nil {
		return err
	}
	flags, err := goflags.Read(env.GOFLAGS)
	if err != nil {
		return err
	}
	return goBuildProgram(ctx, dir, name, path, "", "GOFLAGS="+flags.Rest)
}

func goBuildProgram(ctx context.Context, dir, name, path, ldflags string, variables ...string) error {
	args := append([]string{"build"}, buildFlags(ldflags)...)
	cmd := process.Command(ctx, "go", append(args, "-o", path, gosource.ModulePath+"/cmd/"+name)...)
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Environ(), buildVariables()...), variables...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return gosource.CommandError(ctx, err, string(out))
	}
	return nil
}

// buildFlags returns the flags with which programs are compiled. They only matter to the linker: with others, all
// packages that go run and go tool mage have compiled would be compiled again. So would they with -trimpath, unless
// the user's GOFLAGS has that.
func buildFlags(ldflags string) []string {
	return []string{"-buildvcs=false", "-ldflags=" + goflags.MergeLinker(ldflags)}
}

// buildVariables returns the variables for programs of this machine. Without cgo, a program also runs where the user's
// cache folder is shared with a machine that has another C library; only net and what imports it is compiled again.
func buildVariables() []string {
	return []string{"GOOS=", "GOARCH=", "CC=", "CXX=", "CGO_ENABLED=0"}
}

// cutVendor splits a path at the vendor folder that it contains.
func cutVendor(path string) (project, below string, vendored bool) {
	return strings.Cut(path, string(filepath.Separator)+"vendor"+string(filepath.Separator))
}
