package fingerprint

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/gosource"
)

// searchPath says where a compiler and a linker search besides a package's own flags.
type searchPath struct {
	Headers, Libraries []string // the compiler's own folders
	CompilerFlags      []string // of every package: CGO_CFLAGS and so on
	LinkerFlags        []string // of every package: CGO_LDFLAGS and -extldflags
}

// cFiles lists the absolute paths of the files outside the package's own list that its C code includes or is linked
// with, sorted. The go command does not notice a changed header or archive outside the package's folder
// (golang/go#24355, #29293). Every #include counts, whatever the #if around it says, so the list may be too long. What
// it cannot find belongs to the compiler. A package without C code has none.
func cFiles(p *gosource.Package, overlay gosource.Overlay, search searchPath) []string {
	if len(p.CgoFiles) == 0 {
		return nil
	}
	f := finder{overlay: overlay, seen: map[string]bool{}, dir: p.Dir, system: search.Headers}
	compiler := slices.Concat(p.CgoCPPFLAGS, p.CgoCFLAGS, p.CgoCXXFLAGS, search.CompilerFlags)
	f.quoted, f.headers = folders(p.Dir, compiler)
	own := p.Inputs()
	for _, path := range own {
		f.seen[path] = true
	}
	for _, path := range own {
		f.scan(path)
	}
	for _, path := range named(p.Dir, compiler, "-include", "-imacros") {
		f.add(path)
	}
	for _, path := range libraries(p.Dir, slices.Concat(p.CgoLDFLAGS, search.LinkerFlags), search.Libraries) {
		f.list(path)
	}
	slices.Sort(f.found)
	return f.found
}

// linkedFiles lists the absolute paths of the files that linker flags name, sorted, if the linker runs in dir.
func linkedFiles(dir string, flags []string, search searchPath) []string {
	f := finder{seen: map[string]bool{}}
	for _, path := range libraries(dir, flags, search.Libraries) {
		f.list(path)
	}
	slices.Sort(f.found)
	return f.found
}

// finder collects files.
type finder struct {
	overlay gosource.Overlay
	dir     string   // the package's
	quoted  []string // folders for #include "…", after that of the file itself
	headers []string // folders for every #include
	system  []string // the compiler's own
	seen    map[string]bool
	found   []string
}

// list adds a file without scanning it. It reports whether the file exists.
func (f *finder) list(path string) bool {
	if f.seen[path] || !isFile(f.overlay.Path(path)) {
		return f.seen[path]
	}
	f.seen[path] = true
	f.found = append(f.found, path)
	return true
}

// add adds a file and what it includes. It reports whether the file exists.
func (f *finder) add(path string) bool {
	if f.seen[path] {
		return true
	}
	if !f.list(path) {
		return false
	}
	f.scan(path)
	return true
}

// scan adds what a file includes.
func (f *finder) scan(path string) {
	content, err := os.ReadFile(f.overlay.Path(path))
	if err != nil {
		return // the compiler reports it
	}
	for _, include := range includes(content) {
		f.include(path, include)
	}
}

func (f *finder) include(from string, include include) {
	switch {
	case include.name == "": // a macro that expands to the name
		for _, dir := range slices.Concat([]string{filepath.Dir(from)}, f.quoted, f.headers) {
			f.addFolder(dir)
		}
		return
	case filepath.IsAbs(include.name):
		f.add(filepath.Clean(include.name))
		return
	}
	var dirs []string
	if include.quoted {
		// The assembler looks for .incbin where the compiler runs: in the package's folder.
		dirs = append([]string{filepath.Dir(from), f.dir}, f.quoted...)
	}
	for _, dir := range slices.Concat(dirs, f.headers, f.system) {
		if f.add(filepath.Join(dir, filepath.FromSlash(include.name))) && !include.next {
			return
		}
	}
}

// addFolder adds the files of a folder, without those below it.
func (f *finder) addFolder(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			f.list(filepath.Join(dir, entry.Name()))
		}
	}
}
