package provision

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// summary is what a preview writes beside the template, for people and tools.
type summary struct {
	Service     string         `json:"service"`
	Application string         `json:"application"` // as the stack's tag has it
	Stack       string         `json:"stack"`
	BuildID     string         `json:"buildId"`
	Region      string         `json:"region,omitempty"`
	Package     packageSummary `json:"package"`
	Template    fileSummary    `json:"template"`
	Functions   []string       `json:"functions"`
	Resources   map[string]int `json:"resources"` // how many of each type
	Parameters  []string       `json:"parameters"`
	Changes     []stack.Change `json:"changes"` // null if AWS was not asked
}

type fileSummary struct {
	File string `json:"file"`
	Size int64  `json:"size"` // bytes
}

type packageSummary struct {
	fileSummary
	SHA256  string `json:"sha256"`
	Bucket  string `json:"bucket,omitempty"` // empty where it is a parameter of the template
	Key     string `json:"key"`
	GOARCH  string `json:"goarch"`
	Runtime string `json:"runtime"`
}

// writeSummary writes summary.json, and logs it in a line.
func (d *deployment) writeSummary(
	document *cloudformation.Template, code packages.Location, size int, changes []stack.Change,
) error {
	s := summary{
		Service:     d.service.Name,
		Application: d.claim.Application,
		Stack:       d.stack,
		BuildID:     d.workflow.BuildID,
		Region:      d.options.Session.Region,
		Package: packageSummary{
			fileSummary: fileSummary{File: d.pkg.Zip, Size: d.pkg.Size},
			SHA256:      d.pkg.SHA256,
			Bucket:      code.Bucket,
			Key:         code.Key,
			GOARCH:      d.pkg.GOARCH,
			Runtime:     d.pkg.Python,
		},
		Template:   fileSummary{File: d.templatePath(), Size: int64(size)},
		Resources:  map[string]int{},
		Parameters: slices.Sorted(maps.Keys(document.Parameters)),
		Changes:    changes,
	}
	if s.Parameters == nil {
		s.Parameters = []string{}
	}
	for _, info := range d.service.Functions {
		s.Functions = append(s.Functions, d.service.functionName(d.stack, info.Name()))
	}
	for _, resource := range document.Resources {
		s.Resources[resource.Type]++
	}
	path := filepath.Join(d.options.Workspace, "summary.json")
	err := files.Replace(path, func(out io.Writer) error { return plainjson.Write(out, s) })
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	resources := show.Count(len(document.Resources), "resource")
	d.log.Infof("stack %s: %s in a template of %d bytes, %s; package of %d bytes, %s",
		d.stack, resources, size, files.FromHere(d.templatePath()), d.pkg.Size, files.FromHere(d.pkg.Zip))
	return nil
}
