package template

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/sparta"
)

var update = flag.Bool("update", false, "rewrite the expected templates in testdata/template")

var (
	testPackage = Package{SHA256: strings.Repeat("0123456789abcdef", 4), GOARCH: "amd64", Python: "python3.13"}
	testCode    = Code{Bucket: "packages", Key: "Hello/" + testPackage.SHA256 + ".zip"}
)

// testFunction is a function of a service. Change may be nil.
func testFunction(name string, role any, change func(*sparta.LambdaFunctionOptions)) *sparta.LambdaAWSInfo {
	info := sparta.HandleAWSLambda(name, func() {}, role)
	if change != nil {
		change(info.Options)
	}
	return info
}

func testService(functions ...*sparta.LambdaAWSInfo) Service {
	return Service{Name: "Hello", Description: "Says hello", Stack: "Hello", Functions: functions}
}

// ownRole is the role of a function that needs nothing in particular.
func ownRole() sparta.IAMRoleDefinition { return sparta.IAMRoleDefinition{} }

// templateCase is a service that a template is made of.
type templateCase struct {
	before   func() *cloudformation.Template // what hooks add before the functions; nil means nothing
	service  Service
	pkg      Package
	code     Code
	stack    string            // empty means the service's name
	params   map[string]string // values given
	decorate func(*cloudformation.Template)
}

func (c templateCase) render(t *testing.T) []byte {
	t.Helper()
	if c.pkg == (Package{}) {
		c.pkg = testPackage
	}
	if c.code == (Code{}) {
		c.code = testCode
	}
	c.service.Stack = cmp.Or(c.stack, c.service.Stack)
	template := cloudformation.NewTemplate(c.service.Description)
	if c.before != nil {
		template = c.before()
	}
	if err := AddTo(template, c.service, c.pkg, c.code); err != nil {
		t.Fatal(err)
	}
	if err := Connect(template, c.service); err != nil {
		t.Fatal(err)
	}
	if c.decorate != nil {
		c.decorate(template)
	}
	if err := Finish(template, c.service); err != nil {
		t.Fatal(err)
	}
	if err := Declare(template, c.params); err != nil {
		t.Fatal(err)
	}
	body, err := template.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// templateCases are all templates of these tests, by the names of their files.
func templateCases() map[string]templateCase {
	snapStart := &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}
	arm := testPackage
	arm.GOARCH = "arm64"
	cases := map[string]templateCase{
		"plain": {service: testService(testFunction("hello_world", ownRole(), nil))},
		"python-layer": {pkg: layeredPackage("1"), service: testService(
			testFunction("own", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.Handler, o.PublishVersion = "app.handle", true
				o.Layers = []any{"arn:aws:lambda:eu-west-1:123456789012:layer:own:1"}
			}),
			testFunction("none", ownRole(), nil),
		)},
		"existing-roles": {service: testService(
			testFunction("named", "my-role", nil),
			testFunction("pathed", "service-role/my-role", nil),
			testFunction("absolute", "arn:aws-cn:iam::123456789012:role/my-role", nil),
		)},
		"everything": {pkg: arm, decorate: addQueueAndKey, service: testService(
			testFunction("full", sparta.IAMRoleDefinition{
				Privileges: []sparta.IAMRolePrivilege{
					{Actions: []string{"sqs:SendMessage"}, Resource: cloudformation.GetAtt{"Queue", "Arn"}},
					{
						Actions: []string{"s3:GetObject", "s3:PutObject"},
						Resource: []any{
							"arn:aws:s3:::bucket/*", map[string]any{"Fn::Sub": "arn:${AWS::Partition}:s3:::other/*"},
						},
						Condition: map[string]any{"Bool": map[string]any{"aws:SecureTransport": "true"}},
					},
				},
				PermissionsBoundary: cloudformation.Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/Limits"),
			}, func(o *sparta.LambdaFunctionOptions) {
				o.Description = "Does <all> & more"
				o.MemorySize, o.Timeout, o.EphemeralStorage, o.ReservedConcurrentExecutions = 1024, 60, 2048, 5
				o.LogRetention = 365
				o.Environment = map[string]any{
					"TEXT":  "a text",
					"EMPTY": "",
					"QUEUE": cloudformation.Ref("Queue"),
					"ARN":   map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}},
					"TABLE": cloudformation.Join{Separator: "-", Values: []any{cloudformation.StackName, "table"}},
				}
				o.Tags = map[string]string{"team": "blue", "cost": "42"}
				o.KmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012"
				o.DeadLetterConfigArn = cloudformation.GetAtt{"Queue", "Arn"}
				o.Layers = []any{"arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"}
				o.VpcConfig = &sparta.LambdaFunctionVPCConfig{
					SecurityGroupIDs: []any{"sg-12345678"},
					SubnetIDs:        []any{"subnet-12345678", "subnet-87654321"},
				}
				o.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: "Active"}
			}),
		)},
		"snapstart": {service: testService(testFunction("fast", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.SnapStart = snapStart
			o.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
		}))},
		"versions": {service: testService(
			testFunction("numbered", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.PublishVersion = true }),
			testFunction("aliased", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.Alias = "prod"
				o.LogRetention = sparta.LogRetentionForever
			}),
		)},
		"urls": {service: testService(
			testFunction("closed", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.FunctionURL = &sparta.LambdaFunctionURL{Cors: &sparta.LambdaFunctionURLCors{
					AllowOrigins:     []string{"https://www.example.com"},
					AllowMethods:     []string{"GET", "POST"},
					AllowHeaders:     []string{"content-type"},
					ExposeHeaders:    []string{"date"},
					AllowCredentials: true,
					MaxAge:           600,
				}}
			}),
			testFunction("open", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
			}),
		)},
		"handler": {service: testService(testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.Handler = "shop.orders.take"
		}))},
		"logging": {decorate: addLogGroup, service: testService(
			testFunction("json", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.LogRetention = 7
				o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{
					LogFormat:           "JSON",
					ApplicationLogLevel: "DEBUG",
					SystemLogLevel:      "WARN",
				}
			}),
			testFunction("named", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogGroup: "/shop/all"}
			}),
			testFunction("made", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogGroup: cloudformation.Ref("Logs")}
			}),
		)},
		"provisioned": {service: testService(testFunction("ready", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.ProvisionedConcurrency, o.ReservedConcurrentExecutions = 5, 10
		}))},
		"filesystem": {service: testService(testFunction("mounted", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.VpcConfig = &sparta.LambdaFunctionVPCConfig{
				SecurityGroupIDs: []any{"sg-12345678"},
				SubnetIDs:        []any{"subnet-12345678"},
			}
			o.FileSystemConfigs = []sparta.LambdaFunctionFileSystemConfig{{
				Arn:            "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
				LocalMountPath: "/mnt/data",
			}}
		}))},
		"references": {service: testService(testFunction("secretive", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.Environment = map[string]any{
				"API_KEY": "{{resolve:secretsmanager:shop/api:SecretString:key}}",
				"TABLE":   "table-{{resolve:ssm:/shop/table:3}}",
			}
		}))},
		"recursion": {service: testService(testFunction("looping", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.RecursiveLoop = "Allow"
		}))},
		"durable": {service: testService(testFunction("patient", ownRole(), func(o *sparta.LambdaFunctionOptions) {
			o.Handler, o.Alias = "app.handle", "live"
			o.DurableConfig = &sparta.LambdaFunctionDurableConfig{ExecutionTimeout: 86400, RetentionPeriodInDays: 7}
		}))},
		"edge": {
			service: testService(
				testFunction("viewer", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.Edge = true })),
		},
		"parameters": {
			service: testService(testFunction("secretive", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.Environment = map[string]any{
					"PASSWORD": cloudformation.Ref("Password"),
					"URL":      cloudformation.Sub("https://${Host}/${AWS::Region}"),
				}
			})),
			code:   Code{Key: "Hello/x.zip"},
			stack:  "other",
			params: map[string]string{"Password": canary, "Host": canary},
			decorate: func(template *cloudformation.Template) {
				nowhere := "localhost"
				template.Parameters["Host"] = cloudformation.Parameter{Type: "String", Default: &nowhere}
			},
		},
	}
	maps.Copy(cases, sourceCases())
	maps.Copy(cases, apiCases())
	maps.Copy(cases, httpAPICases())
	maps.Copy(cases, bucketCases())
	maps.Copy(cases, mailCases())
	maps.Copy(cases, customResourceCases())
	maps.Copy(cases, discoveryCases())
	maps.Copy(cases, siteCases())
	maps.Copy(cases, edgeCases())
	return cases
}

const canary = "c4n4ry"

func addQueueAndKey(template *cloudformation.Template) {
	template.Resources["Queue"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
}

func addLogGroup(template *cloudformation.Template) {
	template.Resources["Logs"] = &cloudformation.Resource{
		Type: "AWS::Logs::LogGroup", DeletionPolicy: cloudformation.Delete, UpdateReplacePolicy: cloudformation.Delete,
		Properties: map[string]any{"RetentionInDays": 30},
	}
}

func TestTemplates(t *testing.T) {
	for name, test := range templateCases() {
		t.Run(name, func(t *testing.T) {
			got := test.render(t)
			file := filepath.Join("testdata", "template", name+".json")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("template is not %s (go test -update rewrites it):\n%s", file, got)
			}
		})
	}
}

func TestTemplatesPassCfnLint(t *testing.T) {
	testrequire.Need(t, "aws")
	dir := t.TempDir()
	cases := templateCases()
	cases["many"] = manyFunctions(40)
	for name, test := range cases {
		if err := os.WriteFile(filepath.Join(dir, name+".json"), test.render(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// The checks left out are those of runtimes' ages, which change by themselves.
	lint := exec.CommandContext(t.Context(), "python3", "-c", "from cfnlint.runner import main; main()",
		"--non-zero-exit-code", "informational",
		"--ignore-checks", "W2531", "E2531", "E2533", "--regions", "us-east-1", "--", filepath.Join(dir, "*.json"))
	if out, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", lint, err, out)
	}
}

func manyFunctions(count int) templateCase {
	var functions []*sparta.LambdaAWSInfo
	for i := range count {
		functions = append(functions, testFunction(fmt.Sprintf("function%d", i), ownRole(), nil))
	}
	return templateCase{service: testService(functions...)}
}

func TestTemplatesAreTheSameEveryTime(t *testing.T) {
	for name, test := range templateCases() {
		first := string(test.render(t))
		for range 5 {
			if string(test.render(t)) != first {
				t.Errorf("template %s changes from one time to the next", name)
				break
			}
		}
		// The order of functions is the program's business.
		slices.Reverse(test.service.Functions)
		if string(test.render(t)) != first {
			t.Errorf("template %s changes with the order of its functions", name)
		}
	}
}

// Defect 19 of the original: ARNs that are right in the partition aws only, and
// logs of the whole account.
func TestTemplatesNameNoPartition(t *testing.T) {
	for name, test := range templateCases() {
		given, err := json.Marshal([]any{test.service.Functions, test.service.API, test.service.Site})
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(test.render(t))) {
			for part := range strings.SplitSeq(line, `"`) {
				own := strings.HasPrefix(part, "arn:") && !strings.Contains(string(given), part)
				if own && !strings.HasPrefix(part, "arn:${AWS::Partition}:") {
					t.Errorf("template %s has %s", name, part)
				}
				_, group, logs := strings.Cut(part, ":log-group:")
				// by the options
				named := group == "" || strings.Contains(string(given), strings.TrimSuffix(group, ":*"))
				if own && logs && !named && !strings.Contains(part, "${AWS::StackName}-") {
					t.Errorf("template %s has %s, which is not limited to a function", name, part)
				}
			}
		}
	}
}

func TestTemplatesHoldNoValueOfAParameter(t *testing.T) {
	if body := templateCases()["parameters"].render(t); strings.Contains(string(body), canary) {
		t.Errorf("template has a parameter's value:\n%s", body)
	}
}

func TestManyFunctionsKeepToTheLimitOfOutputs(t *testing.T) {
	tests := map[string]struct {
		functions   int
		arns, names bool
	}{
		"ARNs and names of 100 functions": {100, true, true},
		"ARNs only of 101":                {101, true, false},
		"nothing of 201":                  {201, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			template, err := New(manyFunctions(test.functions).service, testPackage, testCode)
			if err != nil {
				t.Fatal(err)
			}
			_, arns := template.Outputs["Function0FunctionArn"]
			_, names := template.Outputs["Function0FunctionName"]
			if arns != test.arns || names != test.names || len(template.Outputs) > cloudformation.MaxOutputs {
				t.Errorf("ARNs: %t, names: %t, outputs: %d; want %t, %t", arns, names, len(template.Outputs), test.arns,
					test.names)
			}
		})
	}
}

func TestTemplateOfWhatCannotBeDeployed(t *testing.T) {
	plain := func(name string) *sparta.LambdaAWSInfo { return testFunction(name, ownRole(), nil) }
	edge := testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.Edge = true })
	fast := testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
		o.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}
	})
	tests := map[string]struct {
		service Service
		pkg     Package
		stack   string
		region  string
		want    string
	}{
		"an invalid service": {
			service: testService(),
			want:    "service has no functions: give it at least one LambdaAWSInfo",
		},
		"an invalid stack": {
			service: testService(plain("f")),
			stack:   "me@home",
			want: `stack name "me@home" is invalid: ` +
				`use up to 128 letters, digits and hyphens, beginning with a letter, in SPARTA_STACK (-stack) or ` +
				`the service's name (SPARTA_SERVICE for a plain application)`,
		},
		"two functions of one logical ID": {
			service: testService(plain("get_item"), plain("getItem")),
			want:    "functions get_item and getItem are both GetItem in the template: set SpartaOptions.Name of one",
		},
		"a name of 65 characters": {
			service: testService(plain(strings.Repeat("f", 59))),
			want: "function " + strings.Repeat("f", 59) + ": its name in AWS, Hello-" + strings.Repeat("f", 59) +
				", has 65 characters, over Lambda's 64: shorten the stack's name (SPARTA_STACK, or the service's: " +
				"SPARTA_SERVICE for a plain application) or the function's (SPARTA_FUNCTION for a plain application, " +
				"otherwise SpartaOptions.Name)",
		},
		"an architecture of no Lambda": {
			service: testService(plain("f")),
			pkg:     Package{GOARCH: "riscv64", Python: "python3.13"},
			want:    `function f: "riscv64" is not a Lambda architecture: set SPARTA_GOARCH to amd64 or arm64`,
		},
		"a runtime that is not Python": {
			service: testService(plain("f"), plain("g")),
			pkg:     Package{GOARCH: "amd64", Python: "nodejs24.x"},
			want:    `function f: ` + noRuntime + "\n" + `function g: ` + noRuntime,
		},
		"SnapStart of an older Python": {
			service: testService(fast),
			pkg:     Package{GOARCH: "amd64", Python: "python3.11"},
			want:    "function f: SnapStart does not work with python3.11: use python3.12 or later",
		},
		"durable executions of an older Python": {
			service: testService(testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
				o.DurableConfig = &sparta.LambdaFunctionDurableConfig{ExecutionTimeout: 60}
			})),
			pkg:  Package{GOARCH: "amd64", Python: "python3.12"},
			want: "function f: durable executions do not work with python3.12: use python3.13 or later",
		},
		"the edge on arm64": {
			service: testService(edge),
			pkg:     Package{GOARCH: "arm64", Python: "python3.13"},
			want:    "function f: Lambda@Edge does not run arm64: build for amd64 (SPARTA_GOARCH)",
		},
		"a large package at the edge": {
			service: testService(edge),
			pkg:     Package{GOARCH: "amd64", Python: "python3.13", Size: 50<<20 + 1<<19},
			want: "function f: Lambda@Edge allows packages of up to 50 MB, and this one has 50.5 MB zipped: leave " +
				"out what SPARTA_INCLUDE adds, or make the function a service of its own",
		},
		"the edge from another region": {
			service: testService(edge),
			region:  "eu-west-1",
			want:    "function f: Lambda@Edge runs only functions of us-east-1: provision there, not in eu-west-1",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.pkg == (Package{}) {
				test.pkg = testPackage
			}
			test.service.Stack, test.service.Region = cmp.Or(test.stack, "Hello"), test.region
			if _, err := New(test.service, test.pkg, testCode); err == nil || err.Error() != test.want {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
	if _, err := New(testService(plain(strings.Repeat("f", 58))), testPackage, testCode); err != nil {
		t.Errorf("a name of 64 characters: %v", err)
	}
}

func TestAReferenceToNothingIsReported(t *testing.T) {
	service := testService(testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
		o.Environment = map[string]any{"TABLE": cloudformation.Ref("Tabel")}
	}))
	template, err := New(service, testPackage, testCode)
	if err != nil {
		t.Fatal(err) // a hook may still add it
	}
	const want = "resource FFunction: Properties.Environment.Variables.TABLE refers to Tabel, which is neither a " +
		"resource nor a parameter of the template"
	if _, err := template.Marshal(); err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
}

func TestParameters(t *testing.T) {
	service := testService(testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) {
		o.Environment = map[string]any{"ONE": cloudformation.Ref("One"), "TWO": cloudformation.Sub("<${Two}>")}
	}))
	template, err := New(service, testPackage, Code{Key: "x.zip"})
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	template.Parameters["One"] = cloudformation.Parameter{Type: "Number", Default: &text}
	err = Declare(template, map[string]string{"One": canary, "Two": canary, "Three": canary, "FFunction": canary})
	const want = "parameter FFunction is unknown: the template has these: CodeS3Bucket, One, Two\n" +
		"parameter Three is unknown: the template has these: CodeS3Bucket, One, Two"
	if err == nil || sortedLines(err) != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
	if one := template.Parameters["One"]; one.Type != "Number" {
		t.Errorf("parameter One became %+v", one)
	}
	if two := template.Parameters["Two"]; two.Type != "String" || !two.NoEcho || two.Default != nil {
		t.Errorf("parameter Two is %+v, want a text that is never shown", two)
	}
	missing := MissingParameters(template, map[string]string{"Two": ""})
	if !slices.Equal(missing, []string{CodeBucketParameter}) {
		t.Errorf("missing are %q, want only the bucket", missing)
	}
}

func sortedLines(err error) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(err.Error(), "\n")), "\n")
}

func TestLogicalIDs(t *testing.T) {
	for name, want := range map[string]string{
		"hello":       "Hello",
		"hello_world": "HelloWorld",
		"helloWorld":  "HelloWorld",
		"_1st":        "1st",
		"a__b_":       "AB",
		"ID":          "ID",
	} {
		if got := FunctionLogicalID(name); got != want+"Function" {
			t.Errorf("logical ID of %s is %s, want %sFunction", name, got, want)
		}
	}
}

const noRuntime = `"nodejs24.x" is not a Lambda Python runtime: set SPARTA_PYTHON to one of python3.6, python3.7, ` +
	`python3.8, python3.9, python3.10, python3.11, python3.12, python3.13, python3.14`
