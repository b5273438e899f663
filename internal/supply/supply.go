package supply

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// Format changes whenever the documents of the same package change.
const Format = "documents1"

// Package says what a package was built from.
type Package struct {
	Name    string // of the application: hello
	Library string // path of the compiled library
	App     *gosource.Application
	Wheels  Wheels

	Source   string // identifies the sources
	Packages string // identifies the installed Python packages; empty means none
	Sparta   string // version of this module
	Python   string // Lambda's name of the runtime
	GOFLAGS  string // of the environment
	LDFlags  string // the user's linker flags
}

// Documents describe a package.
type Documents struct {
	SBOM       []byte // CycloneDX 1.6, JSON
	Notices    []byte // text
	Provenance Provenance
}

// survey is what is known of a package.
type survey struct {
	Package
	info     buildInfo
	licenses map[string]moduleLicenses // by the path of the module
	own      map[string]bool           // the application's own modules
	wheels   []wheel
}

// moduleLicenses are the files with a module's licenses.
type moduleLicenses struct {
	root []licenseFile // of the module itself
	all  []licenseFile // with those of its packages
}

// Describe makes the documents of a package.
func Describe(p Package) (Documents, error) {
	s := &survey{Package: p, own: ownModules(p.App), licenses: map[string]moduleLicenses{}}
	var err error
	if s.info, err = readBuildInfo(p.Library); err != nil {
		return Documents{}, fmt.Errorf("list what the library consists of: %w", err)
	}
	if s.wheels, err = p.Wheels.read(); err != nil {
		return Documents{}, fmt.Errorf("list the Python packages: %w", err)
	}
	slices.SortFunc(s.info.Settings, func(a, b Setting) int { return strings.Compare(a.Name, b.Name) })
	dirs := folders(p.App)
	for _, m := range s.info.Deps {
		var found moduleLicenses
		for i, dir := range dirs[m.original()] {
			files := licenseFiles(dir)
			if i == 0 { // the root's path is the shortest
				found.root = files
			}
			found.all = append(found.all, files...)
		}
		s.licenses[m.original()] = found
	}
	flags, err := goflags.Read(p.GOFLAGS)
	if err != nil {
		return Documents{}, err
	}
	made := Documents{Notices: s.notices(), Provenance: s.provenance()}
	made.Provenance.LinkerFlags = goflags.Shareable(goflags.MergeLinker(flags.LDFlags + " " + p.LDFlags))
	if made.SBOM, err = s.sbom(); err != nil {
		return made, fmt.Errorf("write the bill of materials: %w", err)
	}
	return made, nil
}

// Names of the documents in a package, in a folder of Sparta's own.
const (
	sbomName       = "_sparta/sbom.cdx.json"
	noticesName    = "_sparta/notices.txt"
	provenanceName = "_sparta/provenance.json"
)

// Packed returns the documents for the package itself, by their names there. They do not say what has compiled the
// library: the same package results from a container and from the host's toolchain.
func (d Documents) Packed() (map[string][]byte, error) {
	inside := d.Provenance
	inside.Builder, inside.Zip = nil, nil
	provenance, err := encode(inside)
	return map[string][]byte{sbomName: d.SBOM, noticesName: d.Notices, provenanceName: provenance}, err
}

func encode(p Provenance) ([]byte, error) {
	var text bytes.Buffer
	if err := plainjson.Write(&text, p); err != nil {
		return nil, fmt.Errorf("write the provenance: %w", err)
	}
	return text.Bytes(), nil
}
