package gosource

import "github.com/go-sparta/sparta/internal/files"

// Import paths that builds look for.
const (
	ModulePath = "github.com/go-sparta/sparta"
	SpartaPath = ModulePath + "/sparta" // used to be ModulePath
	CgoPath    = ModulePath + "/cgo"
	BridgePath = ModulePath + "/cgo/bridge"
	LambdaPath = "github.com/aws/aws-lambda-go/lambda"
	URLPath    = "github.com/aws/aws-lambda-go/lambdaurl"
)

// Package is what `go list` reports about a package.
type Package struct {
	ImportPath, Name, Dir string
	Standard, DepOnly     bool
	Module                *Module
	Imports               []string
	Error                 *struct{ Pos, Err string }

	GoFiles, CgoFiles, IgnoredGoFiles                                         []string
	CFiles, CXXFiles, MFiles, HFiles, FFiles, SFiles, SwigFiles, SwigCXXFiles []string
	SysoFiles, EmbedFiles, EmbedPatterns                                      []string
	CgoCPPFLAGS, CgoCFLAGS, CgoCXXFLAGS, CgoLDFLAGS, CgoPkgConfig             []string
}

// Module is what `go list` reports about a package's module.
type Module struct {
	Path, Dir, Version string
	Main               bool
	Replace            *Module
}

// Sources lists the absolute paths of the package's Go files.
func (p *Package) Sources() []string {
	var paths []string
	for _, name := range append(append([]string(nil), p.GoFiles...), p.CgoFiles...) {
		paths = append(paths, files.Absolute(p.Dir, name))
	}
	return paths
}

// Inputs lists the absolute paths of all files that the package is built from.
func (p *Package) Inputs() []string {
	paths := p.Sources()
	for _, names := range [][]string{
		p.CFiles, p.CXXFiles, p.MFiles, p.HFiles, p.FFiles, p.SFiles, p.SwigFiles, p.SwigCXXFiles,
		p.SysoFiles, p.EmbedFiles,
	} {
		for _, name := range names {
			paths = append(paths, files.Absolute(p.Dir, name))
		}
	}
	return paths
}

// Version describes the version of the package's module for users.
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
