package supply

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// sbom makes the bill of materials.
func (s *survey) sbom() ([]byte, error) {
	application := s.application()
	list := bom{
		Schema:  "http://cyclonedx.org/schema/bom-1.6.schema.json",
		Format:  "CycloneDX",
		Spec:    "1.6",
		Version: 1,
		Metadata: metadata{
			Tools:     tools{[]component{{Type: "application", Name: "spartamage", Version: s.Sparta}}},
			Component: application,
			Properties: []property{
				{"sparta:goos", s.setting("GOOS")},
				{"sparta:goarch", s.setting("GOARCH")},
				{"sparta:runtime", s.Python},
			},
		},
	}
	library := s.standardLibrary()
	known := map[string]bool{}
	refs := map[string]string{} // of modules, by the paths by which packages know them
	list.Components = append(list.Components, library)
	for _, m := range s.info.Deps {
		one := s.module(m)
		refs[m.original()] = one.Ref
		if !known[one.Ref] { // several modules may be replaced by the same one
			list.Components = append(list.Components, one)
		}
		known[one.Ref] = true
	}
	direct := []string{library.Ref}
	if refs[spartaModule] == "" && !s.own[spartaModule] { // its sources are packages of the application's module
		shim := s.shim()
		list.Components = append(list.Components, shim)
		direct = append(direct, shim.Ref)
	}
	imported := imports(s.App)
	direct = append(direct, refsOf(imported[s.info.Main.Path], refs)...)
	for _, w := range s.wheels {
		one := w.component(s.Wheels.Layer)
		list.Components = append(list.Components, one)
		direct = append(direct, one.Ref)
	}
	slices.SortFunc(list.Components, func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })
	list.Dependencies = append(list.Dependencies, dependency{application.Ref, slices.Sorted(slices.Values(direct))})
	needed := map[string]map[string]bool{}
	for path, ref := range refs {
		if needed[ref] == nil {
			needed[ref] = map[string]bool{library.Ref: true}
		}
		for _, other := range refsOf(imported[path], refs) {
			needed[ref][other] = true
		}
		delete(needed[ref], ref)
	}
	for _, ref := range slices.Sorted(maps.Keys(needed)) {
		list.Dependencies = append(list.Dependencies, dependency{ref, slices.Sorted(maps.Keys(needed[ref]))})
	}
	var text bytes.Buffer
	err := plainjson.Write(&text, list)
	return text.Bytes(), err
}

// refsOf returns the references of modules.
func refsOf(paths map[string]bool, refs map[string]string) []string {
	var found []string
	for path := range paths {
		if ref := refs[path]; ref != "" {
			found = append(found, ref)
		}
	}
	return found
}

// application describes the application itself.
func (s *survey) application() component {
	path, version := s.App.Main.ImportPath, plain(s.info.Main.Version)
	return component{
		Type: "application", Ref: "application", Name: path, Version: version,
		PURL:       purl("golang", s.modulePath(), version),
		Properties: []property{{"sparta:library", "bin/" + s.Name + ".so"}},
	}
}

// modulePath returns the path of the application's module, or that of its package if it belongs to none.
func (s *survey) modulePath() string {
	if s.info.Main.Path != "" {
		return s.info.Main.Path
	}
	return s.App.Main.ImportPath
}

// standardLibrary describes Go's standard library and runtime, which are part of every library.
func (s *survey) standardLibrary() component {
	version, _, _ := strings.Cut(strings.TrimPrefix(s.info.Go, "go"), " ")
	one := component{
		Type: "library", Name: "stdlib", Version: version, Description: "Go's standard library and runtime",
		PURL: purl("golang", "stdlib", version), Licenses: licensed("BSD-3-Clause"),
		Properties: []property{{"sparta:go", s.info.Go}},
	}
	if strings.Trim(version, "0123456789.") == "" {
		one.CPE = "cpe:2.3:a:golang:go:" + version + ":*:*:*:*:*:*:*"
	}
	one.Ref = one.PURL
	return one
}

// module describes a module that the library was linked from.
func (s *survey) module(m module) component {
	one := component{
		Type: "library", Name: m.name(), Version: plain(m.Version), PURL: purl("golang", m.name(), plain(m.Version)),
		Licenses: licensed(identify(s.licenses[m.original()].root)),
	}
	one.Ref = one.PURL
	if m.Sum != "" {
		one.Properties = append(one.Properties, property{"sparta:go.sum", m.Sum})
	}
	switch {
	case m.isLocal():
		one.Properties = append(one.Properties, property{"sparta:replacedBy", "a local folder"})
	case m.Replaced != "":
		one.Properties = append(one.Properties, property{"sparta:replaces", m.Replaced})
	}
	return one
}

// spartaModule is the path of this module.
const spartaModule = "github.com/go-sparta/sparta"

// shim describes the part of this module that each package has.
func (s *survey) shim() component {
	one := component{
		Type: "library", Name: spartaModule, Version: plain(s.Sparta),
		Description: "the Python handler, and the Go half of the C boundary",
		PURL:        purl("golang", spartaModule, plain(s.Sparta)), Licenses: licensed("MIT"),
	}
	one.Ref = one.PURL
	return one
}

// plain returns a version, or "" for what Go calls a module without one.
func plain(version string) string {
	if strings.HasPrefix(version, "(") {
		return ""
	}
	return version
}
