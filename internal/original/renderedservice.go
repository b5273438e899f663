package original

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/sparta"
)

// Service is an application's service, as this module deploys it.
type Service struct {
	Name, Description string
	Functions         []*sparta.LambdaAWSInfo
	Hooks             *sparta.WorkflowHooks
	Existing          *existing.Stack

	template  *cloudformation.Template
	site      string                    // path of the archive of its site; empty if there is none
	variables map[string]map[string]any // of the functions, as the template has them
}

// errElsewhere is the error of functions that are called outside Lambda.
var errElsewhere = errors.New("the deploy program does not contain the function: run `go tool mage cgo:invoke`")

// NewService describes what an application has rendered. Its hooks replace the template of this module by the
// application's.
func NewService(rendered *Rendered) (*Service, error) {
	template, err := rendered.ReadTemplate()
	if err != nil {
		return nil, err
	}
	if err := check(template, nil); err != nil {
		return nil, err
	}
	name, _, _ := strings.Cut(packageKey(template), "/")
	s := &Service{
		Name: name, Description: template.Description,
		Existing:  &existing.Stack{Functions: Functions(template)},
		template:  template,
		site:      rendered.Site,
		variables: map[string]map[string]any{},
	}
	if len(s.Existing.Functions) == 0 || name == "" {
		return nil, fmt.Errorf("%s has no function of the runtime %s with Sparta's package: this module deploys those "+
			"of Sparta 1.x", rendered.Template, goRuntime)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Existing.Functions)) {
		resource := template.Resources[s.Existing.Functions[name].LogicalID]
		info, err := sparta.NewAWSLambda(name, func() error { return errElsewhere }, sparta.IAMRoleDefinition{})
		if err != nil {
			return nil, err
		}
		info.Options.Description, _ = resource.Properties["Description"].(string)
		info.Options.MemorySize = number(resource.Properties["MemorySize"])
		info.Options.Timeout = number(resource.Properties["Timeout"])
		environment, _ := resource.Properties["Environment"].(map[string]any)
		s.variables[name], _ = environment["Variables"].(map[string]any)
		s.Functions = append(s.Functions, info)
	}
	if rendered.Site != "" {
		s.Existing.Uploads = append(s.Existing.Uploads, rendered.Site)
	}
	s.Hooks = &sparta.WorkflowHooks{
		Context: existing.Context(s.Existing),
		PostMarshall: []sparta.WorkflowHook{func(_ context.Context, workflow *sparta.Workflow) error {
			return s.replace(rendered, workflow)
		}},
	}
	further, err := rendered.hasFurtherFiles()
	if further {
		s.Hooks.Archive = func(_ context.Context, workflow *sparta.Workflow) error {
			return rendered.addTo(workflow.Archive)
		}
	}
	return s, err
}

func number(value any) int64 {
	text, _ := value.(json.Number)
	n, _ := text.Int64() // 0 is the default
	return n
}

// replace replaces the workflow's template by the application's. The functions that this module has put there have the
// runtime, the architecture and the package.
func (s *Service) replace(rendered *Rendered, workflow *sparta.Workflow) error {
	template, err := rendered.ReadTemplate()
	if err != nil {
		return err
	}
	own := workflow.Template
	target := Target{Service: s.Name, Live: s.Existing.Live}
	for _, resource := range own.Resources {
		if resource.Type != functionType {
			continue
		}
		target.Python, _ = resource.Properties["Runtime"].(string)
		if architectures, ok := resource.Properties["Architectures"].([]string); ok && len(architectures) == 1 {
			target.Architecture = architectures[0]
		}
		code, _ := resource.Properties["Code"].(map[string]any)
		target.Bucket, target.Key = code["S3Bucket"], code["S3Key"]
		break
	}
	for _, path := range s.Existing.Uploads {
		sum, err := checksum(path)
		if err != nil {
			return err
		}
		target.SiteKey = s.Name + "/" + sum + ".zip"
	}
	notes, err := Adapt(template, target)
	if err != nil {
		return err
	}
	for _, note := range notes {
		workflow.Logger.Info(note)
	}
	if template.Parameters == nil {
		template.Parameters = map[string]cloudformation.Parameter{}
	}
	maps.Copy(template.Parameters, own.Parameters)
	if template.Metadata == nil {
		template.Metadata = map[string]any{}
	}
	maps.Copy(template.Metadata, own.Metadata)
	workflow.Template = template
	return nil
}

// hasFurtherFiles reports whether Archive hooks have added files to the application's package.
func (r *Rendered) hasFurtherFiles() (further bool, err error) {
	err = r.eachFile(func(*zip.File) error { further = true; return nil })
	return further, err
}

// addTo adds the files of Archive hooks to a package.
func (r *Rendered) addTo(to sparta.PackageWriter) error {
	var further bytes.Buffer
	writer := zip.NewWriter(&further)
	if err := r.eachFile(writer.Copy); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	reader, err := zip.NewReader(bytes.NewReader(further.Bytes()), int64(further.Len()))
	if err != nil {
		return err
	}
	return to.AddFS(reader)
}

// eachFile calls a function for each file of the application's package that is not its program.
func (r *Rendered) eachFile(call func(*zip.File) error) error {
	if r.Package == "" {
		return nil
	}
	reader, err := zip.OpenReader(r.Package)
	if err != nil {
		return fmt.Errorf("read the package of the application's own Sparta: %w", err)
	}
	defer reader.Close()
	for _, file := range reader.File {
		if strings.HasSuffix(file.Name, "/") || strings.HasSuffix(file.Name, ".lambda.amd64") {
			continue
		}
		if err := call(file); err != nil {
			return fmt.Errorf("add %s of an Archive hook: %w", file.Name, err)
		}
	}
	return nil
}
