// Package fingerprint finds out whether a package would be built from the same inputs again.
package fingerprint

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/spartamage/python"
)

// Inputs are what a package is built from.
type Inputs struct {
	Env      gosource.Environment
	App      *gosource.Application
	Bridge   rewrite.Place
	Extras   []stage.Extra
	Dir      string // the application's folder
	Settings any    // of the build; its %+v must be the same for the same settings
}

// Of returns a hash of the inputs, of Python's side, and of the environment variables that may affect a compiler.
// Builds with equal hashes make equal packages. Only the hash is kept, since some inputs, such as SPARTA_* variables,
// may be secret.
func Of(ctx context.Context, in Inputs) (string, error) {
	sum, err := blake2b.New256(nil)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(sum, "%+v\n%+v\n", in.Env, in.Settings)
	for _, variable := range buildVariables(os.Environ()) {
		fmt.Fprintln(sum, variable)
	}
	var paths []string
	for _, p := range in.App.Packages {
		fmt.Fprintln(sum, p.ImportPath, p.Dir)
		if !files.Under(p.Dir, in.App.ModCache) {
			paths = append(paths, p.Inputs()...)
		}
	}
	paths = append(paths, in.App.ModuleFiles(in.Env)...)
	flags, err := goflags.Read(in.Env.GOFLAGS)
	if err != nil {
		return "", err
	}
	if modFile := flags.ModFile(in.Dir); modFile != "" {
		paths = append(paths, modFile)
		if sums := strings.TrimSuffix(modFile, ".mod") + ".sum"; files.IsFile(sums) {
			paths = append(paths, sums)
		}
	}
	for _, e := range in.Extras {
		fmt.Fprintln(sum, e.Target)
		paths = append(paths, e.Source)
	}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if err := sumContent(sum, path); err != nil {
			return "", fmt.Errorf("read the sources of the package: %w", err)
		}
	}
	fmt.Fprintf(sum, "%+v\n", in.Bridge)
	for _, embedded := range []fs.FS{python.Files, sources.Sources} {
		if err := sumEmbedded(sum, embedded); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// otherVariables do not affect a build's result: they set its log level, and how
// a package is deployed.
var otherVariables = []string{
	"SPARTA_LOG_LEVEL", "SPARTA_NOOP", "SPARTA_STACK", "SPARTA_S3_BUCKET", "SPARTA_DEPLOY",
	"SPARTA_SERVICE_ROLE",
	"SPARTA_SERVICE", "SPARTA_DESCRIPTION", "SPARTA_FUNCTION", "SPARTA_ROLE", "SPARTA_MEMORY_SIZE", "SPARTA_TIMEOUT",
}

// buildVariables are the environment variables that may affect a compiler.
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
