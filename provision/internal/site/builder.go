package site

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// builder adds a site to a template.
type builder struct {
	template *cloudformation.Template
	site     *sparta.S3Site
	folder   *Folder
	stack    string
	errs     []error
}

func (b *builder) add(id, kind string, properties map[string]any) *cloudformation.Resource {
	resource := &cloudformation.Resource{Type: kind, Properties: properties}
	b.errs = append(b.errs, b.template.Add(id, resource))
	return resource
}

// records is the folder of the bucket with what deployments have to remember. Visitors cannot read it.
const records = ".sparta/"

// objects are those of the bucket whose keys begin with a text, as the resource of a statement.
func objects(below string) any { return cloudformation.Sub("${" + bucketID + ".Arn}/" + below + "*") }
