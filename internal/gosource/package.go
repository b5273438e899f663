package gosource

import "github.com/go-sparta/sparta/internal/files"

// Import paths that mean something here.
const (
	ModulePath = "github.com/go-sparta/sparta"
	CgoPath    = ModulePath + "/cgo"
	BridgePath = ModulePath + "/cgo/bridge"
	LambdaPath = "github.com/aws/aws-lambda-go/lambda"
)

// Package is what `go list` tells of a package.
type Package struct {
	ImportPath, Name, Dir                                                      string
	Standard, DepOnly                                                          bool
	Module                                                                     *Module
	GoFiles, CgoFiles, CFiles, CXXFiles, HFiles, SFiles, SysoFiles, EmbedFiles []string
	Imports                                                                    []string
	Error                                                                      *struct{ Pos, Err string }
}

// Module is what `go list` tells of a package's module.
type Module struct {
	Path, Dir, Version string
	Main               bool
	Replace            *Module
}

// Sources lists the package's Go files, absolute.
func (p *Package) Sources() []string {
	var paths []string
	for _, name := range append(append([]string(nil), p.GoFiles...), p.CgoFiles...) {
		paths = append(paths, files.Absolute(p.Dir, name))
	}
	return paths
}

// Inputs lists every file that the package is built from, absolute.
func (p *Package) Inputs() []string {
	paths := p.Sources()
	for _, names := range [][]string{p.CFiles, p.CXXFiles, p.HFiles, p.SFiles, p.SysoFiles, p.EmbedFiles} {
		for _, name := range names {
			paths = append(paths, files.Absolute(p.Dir, name))
		}
	}
	return paths
}

// Version is the module's that the package is of, for a person.
func (p *Package) Version() string {
	switch {
	case p.Module == nil:
		return "(unknown)"
	case p.Module.Replace != nil && p.Module.Replace.Version == "":
		return "in " + p.Module.Replace.Path
	case p.Module.Replace != nil:
		return p.Module.Replace.Version
	case p.Module.Version == "":
		return "in " + p.Module.Dir
	}
	return p.Module.Version
}

// SpartaPath is where package sparta is. It was at modulePath once.
const SpartaPath = ModulePath + "/sparta"
