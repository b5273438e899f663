package page

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

type options = sparta.LambdaFunctionOptions

// optionTrial is a valid function and another value for one of its options.
type optionTrial struct {
	base  func(*options)
	value any
}

// optionTrials are by the option's path: each field of the options, and of the
// structs in it, must have one.
func optionTrials() map[string]optionTrial {
	none := func(*options) {}
	inVPC := func(o *options) {
		o.VpcConfig = &sparta.LambdaFunctionVPCConfig{SecurityGroupIDs: []any{"sg-1"}, SubnetIDs: []any{"subnet-1"}}
	}
	mounted := func(o *options) {
		inVPC(o)
		o.FileSystemConfigs = []sparta.LambdaFunctionFileSystemConfig{{
			Arn: "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1", LocalMountPath: "/mnt/data",
		}}
	}
	logging := func(o *options) { o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogFormat: "JSON"} }
	durable := func(o *options) { o.DurableConfig = &sparta.LambdaFunctionDurableConfig{ExecutionTimeout: 60} }
	traced := func(o *options) { o.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: "Active"} }
	snap := func(o *options) { o.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "None"} }
	addressed := func(o *options) { o.FunctionURL = &sparta.LambdaFunctionURL{Cors: &sparta.LambdaFunctionURLCors{}} }
	asynchronous := func(o *options) {
		o.EventInvokeConfig = &sparta.LambdaEventInvokeConfig{
			DestinationConfig: &sparta.LambdaEventInvokeDestinationConfig{
				OnSuccess: &sparta.LambdaEventInvokeDestination{Destination: "arn:aws:sqs:eu-west-1:123456789012:done"},
				OnFailure: &sparta.LambdaEventInvokeDestination{Destination: "arn:aws:sqs:eu-west-1:123456789012:lost"},
			},
		}
	}
	associated := func(o *options) {
		o.Edge = true
		o.EdgeAssociations = []sparta.EdgeAssociation{{EventType: "viewer-request", Distribution: "E1EXAMPLE"}}
	}
	return map[string]optionTrial{
		"Description":            {none, "Does it all"},
		"Handler":                {none, "app.handle"},
		"ProvisionedConcurrency": {func(o *options) { o.Alias = "prod" }, int64(7)},
		"FileSystemConfigs.Arn": {
			mounted, "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-2",
		},
		"FileSystemConfigs.LocalMountPath": {mounted, "/mnt/other"},
		"LoggingConfig.LogFormat": {
			func(o *options) { o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{} }, "JSON",
		},
		"LoggingConfig.ApplicationLogLevel":          {logging, "DEBUG"},
		"LoggingConfig.SystemLogLevel":               {logging, "WARN"},
		"LoggingConfig.LogGroup":                     {logging, "/shop/all"},
		"DurableConfig.ExecutionTimeout":             {durable, int64(90)},
		"DurableConfig.RetentionPeriodInDays":        {durable, int64(3)},
		"MemorySize":                                 {none, int64(256)},
		"Timeout":                                    {none, int64(77)},
		"EphemeralStorage":                           {none, int64(1024)},
		"LogRetention":                               {none, int64(365)},
		"ReservedConcurrentExecutions":               {none, int64(5)},
		"Environment":                                {none, map[string]any{"COLOUR": "blue"}},
		"Tags":                                       {none, map[string]string{"team": "blue"}},
		"KmsKeyArn":                                  {none, "arn:aws:kms:eu-west-1:123456789012:key/1"},
		"DeadLetterConfigArn":                        {none, "arn:aws:sqs:eu-west-1:123456789012:lost"},
		"RecursiveLoop":                              {none, "Allow"},
		"EventInvokeConfig.MaximumEventAgeInSeconds": {asynchronous, int64(300)},
		"EventInvokeConfig.MaximumRetryAttempts":     {asynchronous, int64(1)},
		"EventInvokeConfig.DestinationConfig.OnSuccess.Destination": {
			asynchronous, "arn:aws:sns:eu-west-1:123456789012:other",
		},
		"EventInvokeConfig.DestinationConfig.OnFailure.Destination": {
			asynchronous, "arn:aws:s3:::other",
		},
		"Layers":                            {none, []any{"arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"}},
		"VpcConfig.SecurityGroupIDs":        {inVPC, []any{"sg-2"}},
		"VpcConfig.SubnetIDs":               {inVPC, []any{"subnet-2"}},
		"TracingConfig.Mode":                {traced, "PassThrough"},
		"SnapStart.ApplyOn":                 {snap, "PublishedVersions"},
		"FunctionURL.AuthType":              {addressed, "NONE"},
		"FunctionURL.Cors.AllowOrigins":     {addressed, []string{"https://www.example.com"}},
		"FunctionURL.Cors.AllowMethods":     {addressed, []string{"GET"}},
		"FunctionURL.Cors.AllowHeaders":     {addressed, []string{"content-type"}},
		"FunctionURL.Cors.ExposeHeaders":    {addressed, []string{"date"}},
		"FunctionURL.Cors.AllowCredentials": {addressed, true},
		"FunctionURL.Cors.MaxAge":           {addressed, int64(600)},
		"PublishVersion":                    {none, true},
		"Alias":                             {none, "prod"},
		"Edge":                              {none, true},
		"EdgeAssociations.EventType":        {associated, "origin-request"},
		"EdgeAssociations.Distribution":     {associated, "E2EXAMPLE"},
		"EdgeAssociations.PathPattern":      {associated, "/images/*"},
		"EdgeAssociations.IncludeBody":      {associated, true},
		"SpartaOptions.Name": {
			func(o *options) { o.SpartaOptions = &sparta.SpartaOptions{} }, "other",
		},
	}
}

// optionPaths returns the fields of a struct and of its nested structs, except those that are structs themselves.
func optionPaths(of reflect.Type, prefix string) []string {
	var paths []string
	for _, field := range reflect.VisibleFields(of) {
		inner := field.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		switch {
		case !field.IsExported():
		case inner.Kind() == reflect.Struct:
			paths = append(paths, optionPaths(inner, prefix+field.Name+".")...)
		default:
			paths = append(paths, prefix+field.Name)
		}
	}
	return paths
}

// setOption sets the option at a path in a struct; in a list of structs, that of the first one.
func setOption(of any, path string, value any) {
	target := reflect.ValueOf(of)
	for name := range strings.SplitSeq(path, ".") {
		for target.Kind() == reflect.Pointer || target.Kind() == reflect.Slice {
			if target.Kind() == reflect.Slice {
				target = target.Index(0)
			} else {
				target = target.Elem()
			}
		}
		target = target.FieldByName(name)
	}
	target.Set(reflect.ValueOf(value))
}

// TestEachOptionArrives fails where an option is missing in the template, in the
// description or on the page: in each, another value makes another text.
func TestEachOptionArrives(t *testing.T) {
	trials := optionTrials()
	for _, path := range optionPaths(reflect.TypeFor[options](), "") {
		trial, ok := trials[path]
		delete(trials, path)
		t.Run(path, func(t *testing.T) {
			if !ok {
				t.Fatal("optionTrials has no value for this option: add one")
			}
			before, after := renderOptions(t, trial.base), renderOptions(t, func(o *options) {
				trial.base(o)
				setOption(o, path, trial.value)
			})
			for place := range before {
				if before[place] == after[place] {
					t.Errorf("the option does not reach the %s:\n%s", place, after[place])
				}
			}
		})
	}
	for path := range trials {
		t.Errorf("optionTrials has a value for %s, which is not an option", path)
	}
}

// renderOptions are all texts that a function's options appear in.
func renderOptions(t *testing.T, change func(*options)) map[string]string {
	t.Helper()
	return render(t, pageFunction("f", sparta.IAMRoleDefinition{}, change))
}

// render returns all texts in which a function appears.
func render(t *testing.T, function *sparta.LambdaAWSInfo) map[string]string {
	t.Helper()
	return renderService(t, Service{Name: "Shop", Functions: []*sparta.LambdaAWSInfo{function}})
}

// renderService are all texts that a service appears in.
func renderService(t *testing.T, service Service) map[string]string {
	t.Helper()
	document, err := template.New(
		template.Service{
			Name: service.Name, Stack: service.Name, Functions: service.Functions, API: service.API, Site: service.Site,
		},
		template.Package{SHA256: strings.Repeat("0", 64), GOARCH: "amd64", Python: "python3.13"},
		template.Code{Bucket: "packages", Key: "x.zip"})
	if err != nil {
		t.Fatal(err)
	}
	rendered, err := document.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	summary, err := sparta.NewServiceDescription(service.Name, "", service.Functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	summary.API, summary.Site = service.API, service.Site
	description, err := json.Marshal(summary)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"template": string(rendered), "description": string(description), "page": described(t, service),
	}
}
