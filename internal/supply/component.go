package supply

import "strings"

// bom is a bill of materials in the format CycloneDX 1.6. It has neither a serial number nor a time, which would differ
// between builds of the same package.
type bom struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Tools      tools      `json:"tools"`
	Component  component  `json:"component"`
	Properties []property `json:"properties,omitempty"`
}

type tools struct {
	Components []component `json:"components"`
}

type component struct {
	Type        string     `json:"type"`
	Ref         string     `json:"bom-ref,omitempty"`
	Name        string     `json:"name"`
	Version     string     `json:"version,omitempty"`
	Description string     `json:"description,omitempty"`
	Scope       string     `json:"scope,omitempty"`
	Hashes      []checksum `json:"hashes,omitempty"`
	Licenses    []license  `json:"licenses,omitempty"`
	CPE         string     `json:"cpe,omitempty"`
	PURL        string     `json:"purl,omitempty"`
	Properties  []property `json:"properties,omitempty"`
}

type checksum struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

// license has one of its fields.
type license struct {
	License    *licenseID `json:"license,omitempty"`
	Expression string     `json:"expression,omitempty"`
}

type licenseID struct {
	ID string `json:"id"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// licensed returns the list of a license with an ID of SPDX, or none.
func licensed(id string) []license {
	if id == "" {
		return nil
	}
	return []license{{License: &licenseID{id}}}
}

// purl returns a package URL. Versions such as v1.0.0+incompatible have characters with another meaning in URLs.
func purl(kind, name, version string) string {
	url := "pkg:" + kind + "/" + escaped(name)
	if version != "" {
		url += "@" + escaped(version)
	}
	return url
}

// escaped escapes what a package URL may not have in the name or the version of a component.
func escaped(text string) string {
	const plain = "-._~/:"
	var escaped strings.Builder
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(plain, c) >= 0:
			escaped.WriteByte(c)
		default:
			const digits = "0123456789ABCDEF"
			escaped.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return escaped.String()
}
