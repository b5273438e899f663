package spartamage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/spartamage/python"
)

// fingerprint sums up everything that a package is made from, so that a build
// with nothing changed can be told without compiling. Only the sum is kept:
// some of what goes into it, such as SPARTA_* values, may be secret.
func fingerprint(ctx context.Context, env gosource.Environment, app *gosource.Application, bridge rewrite.Place, extras []stage.Extra, opts BuildOptions) (string, error) {
	sum := sha256.New()
	opts.Logger = nil
	fmt.Fprintf(sum, "%+v\n%+v\n", env, opts)
	for _, variable := range buildVariables(os.Environ()) {
		fmt.Fprintln(sum, variable)
	}
	var paths []string
	for _, p := range app.Packages {
		fmt.Fprintln(sum, p.ImportPath, p.Dir)
		if !files.Under(p.Dir, app.ModCache) {
			paths = append(paths, p.Inputs()...)
		}
	}
	paths = append(paths, app.ModuleFiles(env)...)
	flags, err := goflags.Read(env.GOFLAGS)
	if err != nil {
		return "", err
	}
	if modFile := flags.ModFile(opts.Dir); modFile != "" {
		paths = append(paths, modFile)
		if sums := strings.TrimSuffix(modFile, ".mod") + ".sum"; files.IsFile(sums) {
			paths = append(paths, sums)
		}
	}
	for _, e := range extras {
		fmt.Fprintln(sum, e.Target)
		paths = append(paths, e.Source)
	}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if err := sumContent(sum, path); err != nil {
			return "", fmt.Errorf("read what the package is built from: %w", err)
		}
	}
	fmt.Fprintf(sum, "%+v\n", bridge)
	for _, embedded := range []fs.FS{python.Files, sources.Sources} {
		if err := sumEmbedded(sum, embedded); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// otherVariables change nothing of what a build makes: they say how much it
// tells, and how a package is deployed.
var otherVariables = []string{
	"SPARTA_LOG_LEVEL", "SPARTA_NOOP", "SPARTA_STACK", "SPARTA_S3_BUCKET", DeployVariable,
	"SPARTA_SERVICE", "SPARTA_DESCRIPTION", "SPARTA_FUNCTION", "SPARTA_ROLE", "SPARTA_MEMORY_SIZE", "SPARTA_TIMEOUT",
}

// buildVariables are those environment variables that a compiler may heed.
func buildVariables(environ []string) []string {
	var found []string
	for _, variable := range environ {
		name, _, _ := strings.Cut(variable, "=")
		if slices.Contains(otherVariables, name) {
			continue
		}
		if strings.HasPrefix(name, "SPARTA_") || strings.HasPrefix(name, "CGO_") || strings.HasPrefix(name, "GO") ||
			slices.Contains([]string{"CC", "CXX", "FC", "PKG_CONFIG", "PKG_CONFIG_PATH"}, name) {
			found = append(found, variable)
		}
	}
	slices.Sort(found)
	return found
}

// sumContent adds the path and content of a file.
func sumContent(sum hash.Hash, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintln(sum, path, info.Size())
	_, err = io.Copy(sum, file)
	return err
}

func sumEmbedded(sum hash.Hash, files fs.FS) error {
	return fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(content), content)
		return err
	})
}
