package supply

import "strconv"

// Provenance says what a package was made from, and how. It has no values of environment variables, none that linker
// flags set, and no paths of this machine.
type Provenance struct {
	Application string `json:"application"` // import path of the main package
	Source      string `json:"source"`      // identifies the contents of all files that the package was built from
	Packages    string `json:"packages,omitempty"`
	Sparta      string `json:"sparta"` // version of this module
	Go          string `json:"go"`     // go1.26.8
	GOOS        string `json:"goos"`
	GOARCH      string `json:"goarch"`
	Runtime     string `json:"runtime"` // python3.13

	LinkerFlags []string  `json:"linkerFlags"`
	Settings    []Setting `json:"settings"` // of the build, as the library has them

	// These are not in the zip, which does not depend on them.
	Builder *Builder `json:"builder,omitempty"`
	Zip     *Zip     `json:"zip,omitempty"`
}

// Setting is a setting of the go command.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Builder is what has compiled a library.
type Builder struct {
	Name    string   `json:"name"`              // golang:1.26.8 in docker
	Image   string   `json:"image,omitempty"`   // ID of the image
	Digests []string `json:"digests,omitempty"` // of the image in registries: golang@sha256:…
}

// Zip identifies a package.
type Zip struct {
	Checksum string `json:"checksum"` // BLAKE2b-256, in hex
	Size     int64  `json:"size"`     // bytes
}

// provenance returns what the library and its sources say.
func (s *survey) provenance() Provenance {
	return Provenance{
		Application: s.App.Main.ImportPath,
		Source:      s.Source,
		Packages:    s.Packages,
		Sparta:      s.Sparta,
		Go:          s.info.Go,
		GOOS:        s.setting("GOOS"),
		GOARCH:      s.setting("GOARCH"),
		Runtime:     s.Python,
		Settings:    s.info.Settings,
	}
}

// setting returns the value of a setting of the go command that the library has.
func (s *survey) setting(name string) string {
	for _, one := range s.info.Settings {
		if one.Name == name {
			return one.Value
		}
	}
	return ""
}

// unquoted returns the value of a setting, which the linker quotes if it has spaces.
func unquoted(text string) string {
	if plain, err := strconv.Unquote(text); err == nil {
		return plain
	}
	return text
}
