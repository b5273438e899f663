package template

import (
	"errors"
	"fmt"
	"maps"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// Code is where the functions' package is in S3.
type Code struct {
	Bucket string // empty means that it is the template's parameter CodeBucketParameter
	Key    string
	// Parameters means that bucket and key are parameters, with these as defaults, for a pipeline that stores the
	// package somewhere else.
	Parameters bool
}

// The parameters of the package's bucket and key, in a template that is made without knowing them.
const (
	CodeBucketParameter = "CodeS3Bucket"
	CodeKeyParameter    = "CodeS3Key"
)

// Service is what a template describes.
type Service struct {
	Name, Description string
	Functions         []*sparta.LambdaAWSInfo
	API               *sparta.API    // nil means none
	Site              *sparta.S3Site // nil means none
	Folder            *site.Folder   // of the site; nil if it has not been read
	Archive           *site.Archive  // of the site, in a pipeline; nil means that the deploy program uploads the files
	Stack             string         // its name
	Region            string         // empty if it is not known
	// Values identify the values of the template's parameters, by name: Sum of each.
	Values map[string]string
}

// Package is what a template depends on of the functions' package.
type Package struct {
	SHA256 string // of the zip, in hex
	Size   int64  // of the zip, in bytes; 0 if it is not known
	GOARCH string // amd64 or arm64
	Python string // Lambda's name of the runtime: python3.13
	Layer  string // key of the layer with Python packages, in the bucket of the package; empty means none
}

// New describes the service's stack. Declare checks the parameters, Marshal everything else.
func New(service Service, pkg Package, code Code) (*cloudformation.Template, error) {
	template := cloudformation.NewTemplate(service.Description)
	if err := AddTo(template, service, pkg, code); err != nil {
		return nil, err
	}
	return template, Connect(template, service)
}

// AddTo adds the service's functions to a template, to which hooks may already have added resources. Connect adds what
// invokes them.
func AddTo(template *cloudformation.Template, service Service, pkg Package, code Code) error {
	if err := sparta.Validate(service.Name, service.Functions); err != nil {
		return err
	}
	if err := CheckNames(service.Stack, service.Functions); err != nil {
		return err
	}
	service.Functions = sparta.WithCustomResources(service.Functions)
	location := code.location(template)
	if pkg.Layer != "" {
		layer := pythonlayer.Layer{Bucket: location["S3Bucket"], Key: pkg.Layer, Python: pkg.Python, GOARCH: pkg.GOARCH}
		layer.AddTo(template)
	}
	var errs []error
	var outputs []output
	var secrets []string
	for _, info := range service.Functions {
		f, err := checkedFunction(info, pkg, service.Stack, service.Region)
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
			continue
		}
		if depends := f.discovers(service.Functions); depends != nil {
			f.discovery, err = depends.Variable(template)
		}
		if err == nil && f.options.PublishesVersions() {
			err = f.identifyVersion(template, service.Values, siblings(service))
			secrets = append(secrets, f.secrets...)
		}
		if err == nil {
			err = f.addTo(template, location)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
			continue
		}
		outputs = append(outputs, f.outputs()...)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	addSums(template, secrets, service.Values)
	maps.Copy(template.Outputs, apis.Outputs(service.API))
	maps.Copy(template.Outputs, site.Outputs(service.Site))
	addOutputs(template, outputs)
	return nil
}

// location is the Code property of functions. It declares the parameters that this refers to.
func (c Code) location(template *cloudformation.Template) map[string]any {
	location := map[string]any{"S3Bucket": c.Bucket, "S3Key": c.Key}
	if c.Bucket == "" || c.Parameters {
		bucket := cloudformation.Parameter{Type: "String", Description: "Bucket that holds the package, " + c.Key}
		if c.Bucket != "" {
			bucket.Default = &c.Bucket
		}
		location["S3Bucket"] = cloudformation.Ref(CodeBucketParameter)
		template.Parameters[CodeBucketParameter] = bucket
	}
	if c.Parameters {
		location["S3Key"] = cloudformation.Ref(CodeKeyParameter)
		template.Parameters[CodeKeyParameter] = cloudformation.Parameter{
			Type: "String", Description: "Key of the package in its bucket", Default: &c.Key,
		}
	}
	return location
}

// checkedFunction is a function that its features accept.
func checkedFunction(info *sparta.LambdaAWSInfo, pkg Package, stack, region string) (function, error) {
	f := newFunction(info)
	f.pkg, f.stack, f.region = pkg, stack, region
	var errs []error
	for _, feature := range features() {
		errs = append(errs, feature.check(f))
	}
	return f, errors.Join(errs...)
}
