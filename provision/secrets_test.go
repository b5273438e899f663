package provision

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/secrets"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

func secretsOf(t *testing.T, environment map[string]any, params map[string]string) secrets.Values {
	t.Helper()
	info, err := sparta.NewAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
	if err != nil {
		t.Fatal(err)
	}
	info.Options.Environment = environment
	return secretsFor(Service{Name: "Service", Functions: []*sparta.LambdaAWSInfo{info}}, Options{
		Provision: commandline.Provision{Params: params},
		Session:   SessionOptions{Session: commandline.Session{Region: "us-east-1"}},
	})
}

func TestSecretsAreHidden(t *testing.T) {
	t.Setenv("AWS_SECRET_ACCESS_KEY", "key-of-mine")
	s := secretsOf(t, map[string]any{
		"PASSWORD": "hunter2hunter2",
		"LONGER":   "hunter2hunter2-and-more",
		"QUOTED":   "say \"secret\"\n",
		"SIX":      "s1x3ng",
		"FIVE":     "f1v3x",
		"STAGE":    "prod",
		"REGION":   "us-east-1",
		"SERVICE":  "Service",
		"FUNCTION": "Service-hello",
		"URL": map[string]any{
			"Fn::Join": []any{"", []any{"https://", map[string]any{"Ref": "Domain"}, "/?token=joined"}},
		},
		"NAME": map[string]any{"Ref": "Database"},
	}, map[string]string{"Token": "given-token"})
	tests := map[string]struct{ text, want string }{
		"a value":                       {"Value 'hunter2hunter2' is wrong", "Value '****' is wrong"},
		"the longer of two values":      {"hunter2hunter2-and-more", "****"},
		"a value as JSON has it":        {`{"QUOTED":"say \"secret\"\n"}`, `{"QUOTED":"****"}`},
		"a parameter":                   {"given-token", "****"},
		"a part of a value":             {"https://x/?token=joined", "****x****"},
		"a key of the environment":      {"key-of-mine", "****"},
		"a value of six characters":     {"pin s1x3ng", "pin ****"},
		"not one of five":               {"pin f1v3x", "pin f1v3x"},
		"not a short word":              {"stage prod", "stage prod"},
		"not what is mentioned anyway":  {"Service Service-hello us-east-1", "Service Service-hello us-east-1"},
		"not the name of a resource":    {"Database Domain", "Database Domain"},
		"not a text without any secret": {"hunter2", "hunter2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := s.Hide(test.text); got != test.want {
				t.Errorf("hide(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestAnErrorWithoutItsSecretIsTheSameError(t *testing.T) {
	s := secretsOf(t, map[string]any{"PASSWORD": "hunter2hunter2"}, nil)
	failure := &stack.Failure{Stack: "Service", Cause: stack.Cause{Reason: "bad hunter2hunter2"}}
	hidden := s.HideIn(fmt.Errorf("provision: %w", failure))
	if text := hidden.Error(); strings.Contains(text, "hunter2") || !strings.Contains(text, secrets.HiddenValue) {
		t.Errorf("error %q", text)
	}
	var found *stack.Failure
	if !errors.As(hidden, &found) || strings.Contains(found.Cause.Reason, "hunter2") {
		t.Errorf("the failure in it is %+v", found)
	}
	if plain := errors.New("plain"); s.HideIn(plain).Error() != plain.Error() || s.HideIn(nil) != nil {
		t.Error("an error without secrets is another one now")
	}
}

func TestALoggerKeepsSecrets(t *testing.T) {
	s := secretsOf(t, map[string]any{"PASSWORD": "hunter2hunter2"}, nil)
	var out, hooked bytes.Buffer
	log := &logrus.Logger{
		Out:       &out,
		Level:     logrus.DebugLevel,
		Formatter: &logrus.JSONFormatter{},
		Hooks:     logrus.LevelHooks{},
	}
	log.AddHook(copying{&hooked})
	s.Logger(log).WithField("reason", errors.New("no hunter2hunter2")).WithField("n", 7).Debug("got hunter2hunter2")
	for where, text := range map[string]string{"out": out.String(), "hook": hooked.String()} {
		if strings.Contains(text, "hunter2") || strings.Count(text, secrets.HiddenValue) != 2 {
			t.Errorf("%s: %s", where, text)
		}
	}
	if !strings.Contains(out.String(), `"n":7`) {
		t.Errorf("a number is another thing now: %s", &out)
	}
}

// copying is a hook that writes each entry.
type copying struct{ out *bytes.Buffer }

func (c copying) Levels() []logrus.Level { return logrus.AllLevels }

func (c copying) Fire(entry *logrus.Entry) error {
	_, err := fmt.Fprint(c.out, entry.Message, entry.Data)
	return err
}

// CloudFormation shows asterisks for a secret that is kept, so its sum says that a version of the function has it.
func TestAVersionStaysWhereASecretIsKept(t *testing.T) {
	w := newWorld(t)
	w.noAWS = connection.ErrNoRegion
	w.options.NoOp = true
	w.service.Functions[0].Options = &sparta.LambdaFunctionOptions{
		PublishVersion: true,
		Environment:    map[string]any{"SECRET": cloudformation.Ref("Secret")},
	}
	version := func() string {
		var rendered struct{ Resources map[string]any }
		if err := json.Unmarshal([]byte(w.file("template.json")), &rendered); err != nil {
			t.Fatal(err)
		}
		for id := range rendered.Resources {
			if strings.HasPrefix(id, "HelloVersion") {
				return id
			}
		}
		return ""
	}
	w.options.Params = map[string]string{"Secret": "s3cr3t"}
	w.must()
	first := version()
	var declared struct {
		Parameters map[string]struct{ Default string }
	}
	if err := json.Unmarshal([]byte(w.file("template.json")), &declared); err != nil {
		t.Fatal(err)
	}
	sums := declared.Parameters[template.SumsParameter].Default

	w.noAWS = nil
	w.deployed().params = []cfntypes.Parameter{
		{ParameterKey: aws.String("Secret"), ParameterValue: aws.String("****")},
		{ParameterKey: aws.String(template.SumsParameter), ParameterValue: &sums},
	}
	for _, c := range []struct {
		given map[string]string
		same  bool
	}{
		{nil, true},
		{map[string]string{"Secret": "s3cr3t"}, true},
		{map[string]string{"Secret": "other"}, false},
	} {
		w.options.Params = c.given
		w.must()
		if got := version(); (got == first) != c.same || got == "" {
			t.Errorf("with %v: version %s after %s", c.given, got, first)
		}
	}
	if text := w.file("template.json"); strings.Contains(text, "s3cr3t") || strings.Contains(text, "other") {
		t.Errorf("the template has a secret in it:\n%s", text)
	}
}
