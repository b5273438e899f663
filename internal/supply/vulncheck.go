package supply

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/process"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
)

// Vulnchecks are the values of the setting that has govulncheck look for known vulnerabilities.
var Vulnchecks = []string{"true", "warn", "false"}

// Vulncheck says in which application govulncheck looks for known vulnerabilities.
type Vulncheck struct {
	Setting      string // one of Vulnchecks
	Dir, Package string
	GOOS, GOARCH string
	Tags         []string // build tags, each entry one or several
	GOFLAGS      string   // of the environment
}

// govulncheck is what is compiled if the program is not on PATH.
const (
	govulncheck        = "golang.org/x/vuln/cmd/govulncheck"
	govulncheckVersion = "v1.9.0"
)

// exitFound is the exit status of govulncheck if the application calls something that has a known vulnerability.
const exitFound = 3

// Run returns an error if the application calls something that has a known vulnerability, or if that cannot be found
// out. With the setting warn, it only logs that.
func (v Vulncheck) Run(ctx context.Context, log *logrus.Logger) error {
	if v.Setting == "false" || v.Setting == "" {
		return nil
	}
	err := progress.Run(log, "vulncheck", func() (string, error) {
		defer progress.Clock(log, "looking for known vulnerabilities")()
		return "no known vulnerabilities in what the application calls", v.run(ctx, log)
	})
	if err != nil && v.Setting == "warn" && ctx.Err() == nil {
		log.Warn(err)
		return nil
	}
	return err
}

func (v Vulncheck) run(ctx context.Context, log *logrus.Logger) error {
	program, err := findGovulncheck(ctx)
	if err != nil {
		return err
	}
	flags, err := goflags.Read(v.GOFLAGS)
	if err != nil {
		return err
	}
	args := []string{"-tags=" + strings.Join(goflags.MergeTags(append(flags.Tags, v.Tags...)...), ",")}
	if db := os.Getenv("GOVULNDB"); db != "" {
		args = append(args, "-db="+db)
	}
	cmd := process.Command(ctx, program, append(args, "--", v.Package)...)
	cmd.Dir = v.Dir
	cmd.Env = append(cmd.Environ(), "GOOS="+v.GOOS, "GOARCH="+v.GOARCH, "GOFLAGS="+flags.Rest)
	output, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == exitFound {
		if _, err := log.Out.Write(output); err != nil {
			return err
		}
		return errors.New("the application calls code with known vulnerabilities, which govulncheck has listed: " +
			"update the modules or the Go version that it names; SPARTA_VULNCHECK=warn builds in spite of them")
	}
	return fmt.Errorf("look for known vulnerabilities: %w: %s; GOVULNDB can name another database than "+
		"https://vuln.go.dev", process.Explain(ctx, err), strings.TrimSpace(string(output)))
}

// findGovulncheck returns the program on PATH, or compiles one that is kept in the user's cache folder.
func findGovulncheck(ctx context.Context) (string, error) {
	if path, err := exec.LookPath("govulncheck"); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("keep govulncheck: %w; install it with go install %s@latest", err, govulncheck)
	}
	dir := filepath.Join(cache, "sparta", "programs", "govulncheck-"+govulncheckVersion+"-"+runtime.Version())
	program := filepath.Join(dir, programs.Executable("govulncheck"))
	if files.IsFile(program) {
		return program, nil
	}
	cmd := process.Command(ctx, "go", "install", govulncheck+"@"+govulncheckVersion)
	cmd.Env = append(cmd.Environ(), "GOBIN="+dir, "GOFLAGS=", "GOOS=", "GOARCH=", "CC=", "CXX=", "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile govulncheck: %w: %s; install it with go install %s@latest",
			process.Explain(ctx, err), strings.TrimSpace(string(output)), govulncheck)
	}
	return program, nil
}
