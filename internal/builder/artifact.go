package builder

import (
	"fmt"
	"io"

	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// Artifact is the result of a build. Its fields are described in spartamage.Artifact, which has the same ones, so that
// each can be converted to the other.
type Artifact struct {
	Name      string
	Original  string
	Zip       string
	Checksum  string
	Size      int64
	Unzipped  int64
	Stage     string
	GOOS      string
	GOARCH    string
	Python    string
	Builder   string
	Layer     string
	Packages  string
	Libraries []string
}

// WriteJSON writes the artifact as one document, as cgo:build does with SPARTA_JSON=true.
func (a Artifact) WriteJSON(out io.Writer) error {
	document := struct {
		Name         string   `json:"name"`
		Zip          string   `json:"zip"`
		Checksum     string   `json:"checksum"`
		Size         int64    `json:"size"`
		Unzipped     int64    `json:"unzipped"`
		Runtime      string   `json:"runtime"`
		Architecture string   `json:"architecture"`
		GOOS         string   `json:"goos"`
		GOARCH       string   `json:"goarch"`
		Builder      string   `json:"builder"`
		Libraries    []string `json:"libraries"`
		Layer        string   `json:"layer,omitempty"`
	}{
		a.Name, a.Zip, a.Checksum, a.Size, a.Unzipped, a.Python, elfcheck.Architecture(a.GOARCH), a.GOOS, a.GOARCH,
		a.Builder, append([]string{}, a.Libraries...), a.Layer,
	}
	if err := plainjson.Write(out, document); err != nil {
		return fmt.Errorf("write the result of the build: %w", err)
	}
	return nil
}
