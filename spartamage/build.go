package spartamage

import (
	"context"
	"io"

	"github.com/go-sparta/sparta/internal/builder"
)

// Artifact is the result of a build.
type Artifact struct {
	Name      string   // the application's name: hello
	Original  string   // version of the original Sparta of an unchanged application of its version 1
	Zip       string   // absolute path of the package for Lambda
	Checksum  string   // BLAKE2b-256 of the zip, in hex
	Size      int64    // of the zip, in bytes
	Unzipped  int64    // of its content, in bytes
	Stage     string   // absolute path of the folder with the zip's content
	GOOS      string   // linux, unless the package is only for a local run
	GOARCH    string   // amd64 or arm64
	Python    string   // Lambda's name of the runtime: python3.13
	Builder   string   // what compiled it: "golang:1.26.8 in docker", "the host's go1.26.8"
	Layer     string   // absolute path of the layer's zip, with the packages of Requirements; empty means none
	Packages  string   // the folder with these packages, if there is a layer
	Libraries []string // the system's libraries that the library needs: libc.so.6
}

// Build compiles the application into a shared library and packs it with its
// Python side into a zip. If nothing has changed since the last build, it
// compiles nothing. It only reads the application's files.
func Build(ctx context.Context, opts BuildOptions) (*Artifact, error) {
	resolved, err := opts.resolve()
	if err != nil {
		return nil, err
	}
	artifact, err := builder.Build(ctx, resolved)
	return (*Artifact)(artifact), err
}

// WriteJSON writes the artifact as one document, as cgo:build does with SPARTA_JSON=true.
func (a Artifact) WriteJSON(out io.Writer) error { return builder.Artifact(a).WriteJSON(out) }
