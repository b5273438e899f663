package provision

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// ConfigurationFile is the name of the file beside template.json that Options.HandOver adds.
const ConfigurationFile = "configuration.json"

// SiteFile is the name of the file there with the files of the service's site.
const SiteFile = site.ArchiveName

// configuration is a template configuration file, as CodePipeline and CloudFormation's Git sync read it.
type configuration struct {
	Parameters map[string]string
	Tags       map[string]string
}

// handOver shows the template for a pipeline. Beside it, it writes the values of parameters and the stack's tags, but
// no secrets, which the pipeline has to add.
func (d *deployment) handOver(document *cloudformation.Template) error {
	file := configuration{Parameters: map[string]string{}, Tags: d.tags}
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(document.Parameters)) {
		parameter := document.Parameters[name]
		value, given := d.options.Params[name]
		switch {
		case name == template.SumsParameter || parameter.NoEcho && parameter.Default != nil:
		case given && !parameter.NoEcho:
			file.Parameters[name] = value
		case parameter.Default != nil:
			file.Parameters[name] = *parameter.Default
		default:
			missing = append(missing, name)
		}
	}
	path := filepath.Join(d.options.Workspace, ConfigurationFile)
	var text strings.Builder
	err := plainjson.Write(&text, file)
	if err == nil {
		err = files.WritePrivate(path, []byte(text.String()))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if d.folder != nil {
		if err := site.WriteArchive(filepath.Join(d.options.Workspace, SiteFile), d.folder); err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		d.log.Infof("the pipeline has to pass values of these parameters, which are not in %s: %s",
			ConfigurationFile, strings.Join(missing, ", "))
	}
	return nil
}
