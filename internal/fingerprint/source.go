package fingerprint

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
)

// Sources are hashes of what a package is built from, by names that do not depend on the machine: those of the files of
// Go packages and modules outside of the module cache, of the files that are packed, and of the installed Python
// packages. What go.sum identifies is not among them.
type Sources map[string]string

// ReadSources reads the sources of a package.
func ReadSources(ctx context.Context, in Inputs) (Sources, error) {
	found := Sources{}
	if err := found.read(ctx, in); err != nil {
		return nil, fmt.Errorf("identify the sources of the package: %w", err)
	}
	return found, nil
}

// Sum identifies all of the sources.
func (s Sources) Sum() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&text, "%q %s\n", name, s[name])
	}
	return fmt.Sprintf("blake2b-256:%x", blake2b.Sum256([]byte(text.String())))
}

// Changes lists the names of the sources that are not the same, or only there, in another set.
func (s Sources) Changes(other Sources) []string {
	changed := map[string]bool{}
	for name, sum := range s {
		changed[name] = other[name] != sum
	}
	for name, sum := range other {
		changed[name] = s[name] != sum
	}
	maps.DeleteFunc(changed, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(changed))
}

func (s Sources) read(ctx context.Context, in Inputs) error {
	named := map[string]string{} // paths by name
	modules := map[string]string{}
	for _, p := range in.App.Packages {
		if files.Under(p.Dir, in.App.ModCache) {
			continue
		}
		if p.Module != nil && p.Module.Dir != "" {
			modules[p.Module.Dir] = p.Module.Path
		}
		for _, file := range p.Inputs() {
			inside, err := filepath.Rel(p.Dir, file)
			if err != nil || !filepath.IsLocal(inside) {
				inside = filepath.Base(file)
			}
			named[path.Join(p.ImportPath, filepath.ToSlash(inside))] = file
		}
	}
	for _, file := range in.App.ModuleFiles(in.Env) {
		named[path.Join(modules[filepath.Dir(file)], filepath.Base(file))] = file
	}
	for _, e := range in.Extras {
		if !e.Known { // the installed packages, which Packages identifies
			named["in the package: "+e.Target] = e.Source
		}
	}
	if in.Packages != "" {
		s["Python packages"] = in.Packages
	}
	for name, file := range named {
		if err := s.add(ctx, name, in.App.Overlay.Path(file)); err != nil {
			return err
		}
	}
	return s.addOwn()
}

// add adds the content of a file; the path is empty if an overlay removes it.
func (s Sources) add(ctx context.Context, name, path string) error {
	if err := ctx.Err(); err != nil || path == "" {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, err := blake2b.New256(nil)
	if err != nil {
		return err
	}
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	s[name] = fmt.Sprintf("%x", sum.Sum(nil))
	return nil
}

// addOwn adds the sources of this module that are part of each package.
func (s Sources) addOwn() error {
	sum, err := blake2b.New256(nil)
	if err != nil {
		return err
	}
	if err := sumOwn(sum); err != nil {
		return err
	}
	s["Sparta"] = fmt.Sprintf("%x", sum.Sum(nil))
	return nil
}
