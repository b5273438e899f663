package template

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestVersionsChangeWithWhatTheyKeep(t *testing.T) {
	version := func(change func(*sparta.LambdaFunctionOptions), sha string, code Code) string {
		pkg := testPackage
		pkg.SHA256 = sha
		f := testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.PublishVersion = true })
		change(f.Options)
		template, err := New(testService(f), pkg, code)
		if err != nil {
			t.Fatal(err)
		}
		for id := range template.Resources {
			if strings.HasPrefix(id, "FVersion") {
				return id
			}
		}
		t.Fatal("there is no version")
		return ""
	}
	nothing := func(*sparta.LambdaFunctionOptions) {}
	first := version(nothing, "a", testCode)
	tests := map[string]struct {
		change  func(*sparta.LambdaFunctionOptions)
		sha     string
		code    Code
		changes bool
	}{
		"nothing":     {nothing, "a", testCode, false},
		"another zip": {nothing, "b", testCode, true},
		"the same zip elsewhere, which is the same for Lambda": {
			nothing, "a", Code{Bucket: "other", Key: "x"}, false,
		},
		"a variable": {
			func(o *sparta.LambdaFunctionOptions) { o.Environment = map[string]any{"NAME": "x"} },
			"a",
			testCode,
			true,
		},
		"memory": {func(o *sparta.LambdaFunctionOptions) { o.MemorySize = 256 }, "a", testCode, true},
		"tags, which versions do not have": {
			func(o *sparta.LambdaFunctionOptions) { o.Tags = map[string]string{"a": "b"} }, "a", testCode, false,
		},
		"reserved concurrency, which versions do not have": {
			func(o *sparta.LambdaFunctionOptions) { o.ReservedConcurrentExecutions = 5 }, "a", testCode, false,
		},
		"recursive loops, which versions do not have": {
			func(o *sparta.LambdaFunctionOptions) { o.RecursiveLoop = "Allow" }, "a", testCode, false,
		},
		"provisioned concurrency, which the alias has": {
			func(o *sparta.LambdaFunctionOptions) { o.ProvisionedConcurrency = 2 }, "a", testCode, false,
		},
		"the format of logs": {func(o *sparta.LambdaFunctionOptions) {
			o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogFormat: "JSON"}
		}, "a", testCode, true},
		"defaults that are spelt out": {func(o *sparta.LambdaFunctionOptions) {
			o.MemorySize, o.Timeout, o.EphemeralStorage = 128, 3, 512
			o.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "None"}
			o.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: "PassThrough"}
			o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogFormat: "Text"}
			o.Environment = map[string]any{}
		}, "a", testCode, false},
		"the own log group that is spelt out": {func(o *sparta.LambdaFunctionOptions) {
			o.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogGroup: "/aws/lambda/" + FunctionName("Hello", "f")}
		}, "a", testCode, false},
		"tracing": {func(o *sparta.LambdaFunctionOptions) {
			o.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: "Active"}
		}, "a", testCode, true},
		"retention of logs, which is not the function's own": {
			func(o *sparta.LambdaFunctionOptions) { o.LogRetention = 1 }, "a", testCode, false,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := version(test.change, test.sha, test.code); (got != first) != test.changes {
				t.Errorf("version went from %s to %s", first, got)
			}
		})
	}
}

// publishing is a template whose function f publishes versions, and refers to what the options say.
func publishing(
	t *testing.T, change func(*sparta.LambdaFunctionOptions), queue map[string]any, values map[string]string,
) (template *cloudformation.Template, version, description string) {
	t.Helper()
	f := testFunction("f", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.PublishVersion = true })
	change(f.Options)
	service := testService(f)
	service.Values = values
	template = cloudformation.NewTemplate("")
	template.Resources["Queue"] = &cloudformation.Resource{Type: "AWS::SQS::Queue", Properties: queue}
	template.Parameters["Level"] = cloudformation.Parameter{Type: "String"}
	if err := AddTo(template, service, testPackage, testCode); err != nil {
		t.Fatal(err)
	}
	for id := range template.Resources {
		if strings.HasPrefix(id, "FVersion") {
			version = id
		}
	}
	return template, version, fmt.Sprint(template.Resources["FFunction"].Properties["Description"])
}

// What the settings resolve to belongs to a version, and Lambda must see the function change with it.
func TestVersionsChangeWithWhatTheSettingsReferTo(t *testing.T) {
	refers := func(o *sparta.LambdaFunctionOptions) {
		o.Description = strings.Repeat("é", 250)
		o.Environment = map[string]any{
			"SECRET": cloudformation.Ref("Secret"),
			"LEVEL":  cloudformation.Sub("level-${Level}"),
			"QUEUE":  cloudformation.GetAtt{"Queue", "Arn"},
			"REGION": cloudformation.Region,
		}
	}
	values := map[string]string{"Secret": "s1", "Level": "l1", "Other": "o1"}
	template, first, described := publishing(t, refers, map[string]any{"DelaySeconds": 1}, values)
	if len([]rune(described)) > 256 || !strings.HasPrefix(described, "éé") {
		t.Errorf("the description is %q", described)
	}
	sums := template.Parameters[SumsParameter]
	if sums.Default == nil || *sums.Default != "Secret=s1" {
		t.Errorf("the sums of secrets are %v", sums)
	}
	for name, c := range map[string]struct {
		queue   map[string]any
		values  map[string]string
		changes bool
	}{
		"the same":    {map[string]any{"DelaySeconds": 1}, values, false},
		"a secret":    {map[string]any{"DelaySeconds": 1}, map[string]string{"Secret": "s2", "Level": "l1"}, true},
		"a parameter": {map[string]any{"DelaySeconds": 1}, map[string]string{"Secret": "s1", "Level": "l2"}, true},
		"a parameter that is not referred to": {
			map[string]any{"DelaySeconds": 1}, map[string]string{"Secret": "s1", "Level": "l1", "Other": "o2"}, false,
		},
		"a resource": {map[string]any{"DelaySeconds": 2}, values, true},
	} {
		t.Run(name, func(t *testing.T) {
			_, version, description := publishing(t, refers, c.queue, c.values)
			if (version != first) != c.changes || (description != described) != c.changes {
				t.Errorf("from %s with %s to %s with %s", first, described, version, description)
			}
		})
	}
	nothing := func(*sparta.LambdaFunctionOptions) {}
	if template, _, described := publishing(t, nothing, nil, values); described != "<nil>" ||
		template.Parameters[SumsParameter].Default != nil {
		t.Errorf("without references the description is %q, with the parameter %v", described,
			template.Parameters[SumsParameter])
	}
}

func TestSumsOfParameters(t *testing.T) {
	one := Sum("svc", "A", "x")
	if one == "" || one != Sum("svc", "A", "x") {
		t.Errorf("sum %q is not the same again", one)
	}
	for _, other := range []string{Sum("svc", "A", "y"), Sum("svc", "B", "x"), Sum("other", "A", "x")} {
		if other == one {
			t.Errorf("sum %q is that of another value, too", one)
		}
	}
}
