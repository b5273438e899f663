package template

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// maxFunctionName is Lambda's limit, in characters.
const maxFunctionName = 64

var pythonPattern = regexp.MustCompile(`^python3\.([0-9]+)$`)

// snapStartPython is the first Python 3 that SnapStart works with.
const snapStartPython = 12

// function is one function on its way into a template.
type function struct {
	info         *sparta.LambdaAWSInfo
	options      sparta.LambdaFunctionOptions
	runtime      string
	architecture string // in Lambda's words
	id           string // what the logical ids of all its resources begin with
	versionID    string // logical id of the version to publish; empty means none
}

// architectures are Lambda's names of Go's.
var architectures = map[string]string{"amd64": "x86_64", "arm64": "arm64"}

// edgeRegion is the only region that CloudFront takes functions from.
const edgeRegion = "us-east-1"

func newFunction(info *sparta.LambdaAWSInfo, pkg Package, stack, region string) (function, error) {
	f := function{info: info, runtime: pkg.Python, architecture: architectures[pkg.GOARCH], id: logicalID(info.Name())}
	if info.Options != nil {
		f.options = *info.Options
	}
	name, python := FunctionName(stack, info.Name()), pythonPattern.FindStringSubmatch(pkg.Python)
	switch {
	case len(name) > maxFunctionName:
		return f, fmt.Errorf("its name in AWS, %s, has %d characters, over Lambda's %d: shorten the stack's name or set SpartaOptions.Name", name, len(name), maxFunctionName)
	case python == nil:
		return f, fmt.Errorf("runtime %q is none of Lambda's for Python: use one such as python3.13", pkg.Python)
	case f.architecture == "":
		return f, fmt.Errorf("architecture %q is none of Lambda's: build for amd64 or arm64", pkg.GOARCH)
	case f.options.Edge && pkg.GOARCH != "amd64":
		return f, fmt.Errorf("Lambda@Edge does not run %s: build for amd64", pkg.GOARCH)
	case f.options.Edge && region != "" && region != edgeRegion:
		return f, fmt.Errorf("Lambda@Edge takes functions from %s only, not from %s", edgeRegion, region)
	}
	if minor, err := strconv.Atoi(python[1]); f.snapStarts() && (err != nil || minor < snapStartPython) {
		return f, fmt.Errorf("SnapStart does not work with %s: use python3.%d or later", pkg.Python, snapStartPython)
	}
	var err error
	if f.options.PublishesVersions() {
		f.versionID, err = f.newVersionID(pkg.SHA256)
	}
	return f, err
}

func (f function) snapStarts() bool {
	return f.options.SnapStart != nil && f.options.SnapStart.ApplyOn != "None"
}

// name is the function's name in AWS, whatever the stack is called.
func (f function) name() cloudformation.Sub {
	return cloudformation.Sub(FunctionName("${AWS::StackName}", f.info.Name()))
}

// logGroup is where Lambda writes the function's log.
func (f function) logGroup() cloudformation.Sub { return "/aws/lambda/" + f.name() }

func (f function) ref() cloudformation.Ref { return cloudformation.Ref(f.id + "Function") }

// addTo adds the function and all that belongs to it. Code is its Code property.
func (f function) addTo(template *cloudformation.Template, code map[string]any) error {
	properties := f.properties()
	properties["Code"] = code
	if f.info.RoleDefinition != nil {
		if err := template.Add(f.id+"Role", f.newRole()); err != nil {
			return err
		}
	}
	if err := template.Add(f.id+"LogGroup", f.newLogGroup()); err != nil {
		return err
	}
	err := template.Add(string(f.ref()), &cloudformation.Resource{
		Type: "AWS::Lambda::Function",
		// Else Lambda could make the group itself, without a retention.
		DependsOn:  []string{f.id + "LogGroup"},
		Properties: properties,
	})
	if err != nil {
		return err
	}
	if err := f.addVersion(template); err != nil {
		return err
	}
	return f.addURL(template)
}

func (f function) newLogGroup() *cloudformation.Resource {
	properties := map[string]any{"LogGroupName": f.logGroup()}
	if days := cmp.Or(f.options.LogRetention, sparta.DefaultLogRetention); days != sparta.LogRetentionForever {
		properties["RetentionInDays"] = days
	}
	return &cloudformation.Resource{
		Type: "AWS::Logs::LogGroup",
		// A log that outlived its stack would keep the stack from being made again.
		DeletionPolicy:      cloudformation.Delete,
		UpdateReplacePolicy: cloudformation.Delete,
		Properties:          properties,
	}
}

// properties are those of AWS::Lambda::Function, without Code.
func (f function) properties() map[string]any {
	o := f.options
	properties := map[string]any{
		"FunctionName":  f.name(),
		"Runtime":       f.runtime,
		"Handler":       "index." + f.info.Name(),
		"Architectures": []string{f.architecture},
		"MemorySize":    cmp.Or(o.MemorySize, sparta.DefaultMemorySize),
		"Timeout":       cmp.Or(o.Timeout, sparta.DefaultTimeout),
		"Role":          f.role(),
	}
	optional := map[string]struct {
		value any
		given bool
	}{
		"Description":                  {o.Description, o.Description != ""},
		"Environment":                  {map[string]any{"Variables": o.Environment}, len(o.Environment) > 0},
		"EphemeralStorage":             {map[string]any{"Size": o.EphemeralStorage}, o.EphemeralStorage != 0},
		"ReservedConcurrentExecutions": {o.ReservedConcurrentExecutions, o.ReservedConcurrentExecutions != 0},
		"KmsKeyArn":                    {o.KmsKeyArn, o.KmsKeyArn != ""},
		"Layers":                       {o.Layers, len(o.Layers) > 0},
		"DeadLetterConfig":             {map[string]any{"TargetArn": o.DeadLetterConfigArn}, o.DeadLetterConfigArn != nil},
		"Tags":                         {tagProperty(o.Tags), len(o.Tags) > 0},
	}
	for name, property := range optional {
		if property.given {
			properties[name] = property.value
		}
	}
	if o.VpcConfig != nil {
		properties["VpcConfig"] = map[string]any{"SecurityGroupIds": o.VpcConfig.SecurityGroupIDs, "SubnetIds": o.VpcConfig.SubnetIDs}
	}
	if o.TracingConfig != nil {
		properties["TracingConfig"] = map[string]any{"Mode": o.TracingConfig.Mode}
	}
	if o.SnapStart != nil {
		properties["SnapStart"] = map[string]any{"ApplyOn": o.SnapStart.ApplyOn}
	}
	return properties
}

// tagProperty is how CloudFormation wants tags.
func tagProperty(tags map[string]string) []map[string]string {
	var list []map[string]string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, map[string]string{"Key": key, "Value": tags[key]})
	}
	return list
}
