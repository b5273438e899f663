package requirements

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
)

// format changes whenever the same requirements would be installed in another way.
const format = "3"

// entry is one folder of the cache. It has the packages and, beside them, a manifest.
type entry struct{ dir string }

// manifest says what an entry has. Nothing that is incomplete has one.
type manifest struct {
	Digest   string
	Packages []string
	Files    map[string]int64 // sizes by paths below the packages' folder

	SHA256 map[string]string // of the wheels
}

func newEntry(fallback string, wanted list, to target) entry {
	text := strings.Join([]string{format, wanted.sum, to.python, to.machine, to.glibc}, "\n")
	if to.local != nil {
		text += "\n" + to.local.Path
	}
	sum := blake2b.Sum256([]byte(text))
	return entry{filepath.Join(folder(fallback), fmt.Sprintf("%x", sum[:12]))}
}

// folder is the user's, or else the fallback.
func folder(fallback string) string {
	if user, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(user, "sparta", "requirements")
		if os.MkdirAll(dir, 0o755) == nil {
			return dir
		}
	}
	return filepath.Join(fallback, "requirements")
}

const manifestName = "manifest.json"

// load returns the packages if they are complete, by the names and sizes of their files.
func (e entry) load() (Packages, bool) {
	content, err := os.ReadFile(filepath.Join(e.dir, manifestName))
	if err != nil {
		return Packages{}, false
	}
	var m manifest
	if json.Unmarshal(content, &m) != nil {
		return Packages{}, false
	}
	found := Packages{
		Root: filepath.Join(e.dir, "layer"), Digest: m.Digest, Names: m.Packages, SHA256: m.SHA256, sizes: m.Files,
	}
	sizes, err := sizesIn(found.Dir())
	if err != nil || !maps.Equal(sizes, m.Files) {
		return Packages{}, false
	}
	return found, true
}

// fill installs the packages in a new folder, which gets its name when it is complete. It warns of files that several
// packages have.
func (e entry) fill(ctx context.Context, wanted list, to target, warn func(string)) (Packages, error) {
	if err := os.MkdirAll(filepath.Dir(e.dir), 0o755); err != nil {
		return Packages{}, err
	}
	if err := files.SweepScratchFolder(filepath.Dir(e.dir)); err != nil {
		return Packages{}, err
	}
	fresh := files.Scratch(e.dir)
	defer os.RemoveAll(fresh)
	packages := filepath.Join(fresh, "layer", layerFolder)
	if err := os.MkdirAll(packages, 0o755); err != nil {
		return Packages{}, err
	}
	sums := filepath.Join(fresh, "wheels")
	if err := install(ctx, packages, sums, wanted, to); err != nil {
		return Packages{}, err
	}
	if warning := shared(packages); warning != "" {
		warn(warning)
	}
	m, err := tidy(packages)
	if err != nil {
		return Packages{}, err
	}
	m.SHA256 = readWheels(sums)
	if len(m.Files) == 0 {
		return Packages{}, fmt.Errorf("no requirement applies to %s: correct the markers after \";\"", to)
	}
	content, err := json.Marshal(m)
	if err != nil {
		return Packages{}, err
	}
	if err := files.Write(filepath.Join(fresh, manifestName), content); err != nil {
		return Packages{}, err
	}
	return e.replace(fresh)
}

// replace gives a complete folder the entry's name, unless another build was faster.
func (e entry) replace(fresh string) (Packages, error) {
	if found, ok := e.load(); ok {
		return found, nil
	}
	if err := os.RemoveAll(e.dir); err != nil {
		return Packages{}, err
	}
	if err := os.Rename(fresh, e.dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return Packages{}, err
	}
	found, ok := e.load()
	if !ok {
		return found, fmt.Errorf("the packages in %s have changed meanwhile: build again", e.dir)
	}
	return found, nil
}

// withAdvice adds what to do to an error of the cache folder's disk.
func withAdvice(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: make the cache folder writable", err)
	}
	return files.WithDiskAdvice(err)
}

// sizesIn returns the sizes of all files below a folder, by their paths with slashes.
func sizesIn(dir string) (map[string]int64, error) {
	sizes := map[string]int64{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sizes[name] = info.Size()
		}
		return err
	})
	return sizes, err
}

// leftOut are what pip writes about its own run: paths of this machine, and hashes of what is not packed.
var leftOut = []string{"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}

// tidy removes what differs between machines or is of no use in Lambda, and describes the rest.
func tidy(packages string) (manifest, error) {
	// Scripts start with the path of this machine's Python.
	if err := os.RemoveAll(filepath.Join(packages, "bin")); err != nil {
		return manifest{}, err
	}
	sizes, err := sizesIn(packages)
	if err != nil {
		return manifest{}, err
	}
	m := manifest{Files: map[string]int64{}}
	sum, err := blake2b.New256(nil)
	if err != nil {
		return m, err
	}
	for _, name := range slices.Sorted(maps.Keys(sizes)) {
		full := filepath.Join(packages, filepath.FromSlash(name))
		info, isInfo := strings.CutSuffix(path.Dir(name), ".dist-info")
		if isInfo && slices.Contains(leftOut, path.Base(name)) || strings.Contains("/"+name, "/__pycache__/") {
			if err := os.Remove(full); err != nil {
				return m, err
			}
			continue
		}
		if isInfo && path.Base(name) == "METADATA" {
			project, version, _ := strings.Cut(info, "-")
			m.Packages = append(m.Packages, project+" "+version)
		}
		fmt.Fprintln(sum, name, sizes[name])
		if err := copyTo(sum, full); err != nil {
			return m, err
		}
		m.Files[name] = sizes[name]
	}
	m.Digest = fmt.Sprintf("%x", sum.Sum(nil))
	return m, nil
}

func copyTo(out io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(out, file)
	return err
}
