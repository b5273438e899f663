package provision

import (
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/pipeline"
	"github.com/go-sparta/sparta/provision/internal/site"
)

// ConfigurationFile is the name of the file beside template.json that Options.HandOver adds.
const ConfigurationFile = "configuration.json"

// SiteFile is the name of the file there with the files of the service's site.
const SiteFile = site.ArchiveName

// handOver shows the template for a pipeline, and writes the configuration and the site beside it.
func (d *deployment) handOver(document *cloudformation.Template) error {
	path := filepath.Join(d.options.Workspace, ConfigurationFile)
	missing, err := pipeline.WriteConfiguration(path, document, d.options.Params, d.tags)
	if err != nil {
		return err
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
