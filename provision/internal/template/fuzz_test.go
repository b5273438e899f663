package template

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// fuzzedService is what a template is made of, and values of its parameters.
type fuzzedService struct {
	name, description, function, variable, value, tag, parameter string

	memory, timeout int64
	choices         uint16 // a bit for each option
}

func (s fuzzedService) render() ([]byte, *cloudformation.Template, error) {
	info := sparta.HandleAWSLambda(s.function, func() {}, sparta.IAMRoleDefinition{})
	o := info.Options
	o.Description, o.MemorySize, o.Timeout = s.description, s.memory, s.timeout
	o.Environment = map[string]any{s.variable: s.value, "PARAMETER": cloudformation.Ref(s.parameter)}
	o.Tags = map[string]string{s.tag: s.value}
	chosen := func(bit uint) bool { return s.choices>>bit&1 == 1 }
	o.PublishVersion = chosen(0)
	if chosen(1) {
		o.Alias = s.tag
	}
	if chosen(2) {
		o.FunctionURL = &sparta.LambdaFunctionURL{}
	}
	if chosen(3) {
		o.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}
	}
	if chosen(4) {
		o.LogRetention = int64(s.choices)
	}
	if chosen(5) {
		o.KmsKeyArn = s.value
	}
	service := Service{
		Name: s.name, Description: s.description, Stack: s.name, Functions: []*sparta.LambdaAWSInfo{info},
		Values: map[string]string{s.parameter: "0123456789abcdef"},
	}
	if chosen(6) {
		service.Functions = append(service.Functions, sparta.HandleAWSLambda(s.tag, func() {}, s.value))
	}
	template, err := New(service, testPackage, testCode)
	if err != nil {
		return nil, nil, err
	}
	if err := Finish(template, service); err != nil {
		return nil, nil, err
	}
	if err := Declare(template, map[string]string{s.parameter: s.value}); err != nil {
		return nil, nil, err
	}
	text, err := template.Marshal()
	return text, template, err
}

// checkDescription checks that a function has its description. With versions, a sum of what its settings refer to comes
// last, and a description that leaves no room for it is cut.
func (s fuzzedService) checkDescription(t *testing.T, got string) {
	t.Helper()
	want := []rune(s.description)
	const sum = "[refers to 0123456789ab]"
	versions := s.choices&0b1011 != 0
	if start := len(got) - len(sum); versions && start >= 0 && strings.HasPrefix(got[start:], "[refers to ") {
		got = strings.TrimSuffix(got[:start], " ")
		want = want[:min(len(want), maxDescription-len(" "+sum))]
	}
	if got != string(want) {
		t.Errorf("the description is %q, not %q", got, string(want))
	}
}

// FuzzTemplate checks that a service has one template, in which every text arrives as it is, or an error.
func FuzzTemplate(f *testing.F) {
	f.Add("Hello", "Says <hello> & more", "hello", "TABLE", "a \"value\"\n", "team", "Table",
		int64(128), int64(3), uint16(0))
	f.Add("a-b", "", "h_e-y", "A1", "{{resolve:ssm:/x}}", "live", "P", int64(10240), int64(900), uint16(0xffff))
	f.Add("", "\xff", "", "AWS_REGION", "${AWS::Region}", "aws:x", "HelloRole", int64(-1), int64(0), uint16(0x55))
	f.Add("Ä", "\u2028", "größe", "_", "arn:aws:iam::123456789012:role/x", "", "AWS::Region",
		int64(129), int64(901), uint16(2))
	f.Add("Hello", "Says hello", "hello", "TABLE", "a", "team", "Table", int64(128), int64(3), uint16(1))
	f.Add("Hello", strings.Repeat("ä", 250), "hello", "TABLE", "a", "live", "Table", int64(128), int64(3), uint16(2))
	f.Add("Hello", "", "hello", "TABLE", "a", "team", "Table", int64(128), int64(3), uint16(8))
	f.Fuzz(func(
		t *testing.T, name, description, function, variable, value, tag, parameter string, memory, timeout int64,
		choices uint16,
	) {
		s := fuzzedService{name, description, function, variable, value, tag, parameter, memory, timeout, choices}
		text, template, err := s.render()
		again, _, secondErr := s.render()
		if (err == nil) != (secondErr == nil) || !bytes.Equal(text, again) {
			t.Fatalf("the same service has two templates: %v and %v\n%s\n%s", err, secondErr, text, again)
		}
		if err != nil {
			if err.Error() == "" || len(err.Error()) > 20_000 {
				t.Fatalf("an error of %d bytes", len(err.Error()))
			}
			return
		}
		if missing := MissingParameters(template, map[string]string{parameter: value}); len(missing) > 0 {
			t.Fatalf("the parameters %q are missing", missing)
		}
		var document struct {
			Description string
			Resources   map[string]struct {
				Type       string
				Properties struct {
					Description string
					Environment struct{ Variables map[string]any }
				}
			}
		}
		if err := json.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(description) || !utf8.ValidString(value) {
			return
		}
		found := false
		for _, resource := range document.Resources {
			variables := resource.Properties.Environment.Variables
			if resource.Type != "AWS::Lambda::Function" || variables["PARAMETER"] == nil {
				continue
			}
			found = true
			if variables[variable] != value {
				t.Errorf("%s is %q, not %q", variable, variables[variable], value)
			}
			s.checkDescription(t, resource.Properties.Description)
		}
		if !found {
			t.Errorf("the template has no function with a variable that is the parameter:\n%s", text)
		}
	})
}
