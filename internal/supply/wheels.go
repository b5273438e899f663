package supply

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/requirements"
)

// Wheels are the installed Python packages of a package.
type Wheels struct {
	Dir    string            // the folder that has them; empty means none
	Layer  bool              // whether they are deployed as a layer, and not in the zip
	SHA256 map[string]string // of the wheels in hex, by the keys of package requirements
}

// wheel is an installed Python package.
type wheel struct {
	Name, Version string
	Expression    string // SPDX's, of its license; empty if the package has none
	SHA256        string // of the wheel; empty if it is not known
	Licenses      []licenseFile
}

// read returns the installed packages, sorted by their names.
func (w Wheels) read() ([]wheel, error) {
	if w.Dir == "" {
		return nil, nil
	}
	found, err := fs.Glob(os.DirFS(w.Dir), "*.dist-info/METADATA")
	if err != nil {
		return nil, err
	}
	var wheels []wheel
	for _, name := range found {
		content, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		one := parseMetadata(string(content))
		one.SHA256 = w.SHA256[requirements.Key(one.Name, one.Version)]
		one.Licenses = licenseFilesBelow(filepath.Join(w.Dir, path.Dir(name)))
		wheels = append(wheels, one)
	}
	slices.SortFunc(wheels, func(a, b wheel) int {
		return strings.Compare(requirements.Key(a.Name, a.Version), requirements.Key(b.Name, b.Version))
	})
	return wheels, nil
}

// parseMetadata reads the header of a METADATA file, which is that of a mail.
func parseMetadata(text string) wheel {
	var found wheel
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "Name":
			found.Name = value
		case "Version":
			found.Version = value
		case "License-Expression":
			found.Expression = value
		}
	}
	return found
}

// component returns the entry of the bill of materials.
func (w wheel) component(layer bool) component {
	found := component{
		Type: "library", Name: w.Name, Version: w.Version,
		PURL:     purl("pypi", requirements.Normalized(w.Name), w.Version),
		Licenses: licensed(identify(w.Licenses)),
	}
	found.Ref = found.PURL
	if w.Expression != "" {
		found.Licenses = []license{{Expression: w.Expression}}
	}
	if w.SHA256 != "" {
		found.Hashes = []checksum{{"SHA-256", w.SHA256}}
	}
	if layer {
		found.Properties = []property{{"sparta:place", "layer"}}
	}
	return found
}
