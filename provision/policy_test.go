package provision

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// The policies in docs are valid, and together they allow the requests that this package makes.
func TestThePoliciesAllowTheRequestsOfTheCode(t *testing.T) {
	allowed := actionsOfDocuments(t, "provision.md", "event-sources.md", "api.md", "http-api.md", "custom-resources.md",
		"hooks.md", "site.md", "edge.md")
	for _, action := range allowed {
		if strings.Contains(action, "*") && !strings.HasSuffix(action, "ableReplication*") { // as CloudFront requires
			t.Errorf("%s is more than enough", action)
		}
	}
	for _, action := range template.Permissions() {
		if !slices.Contains(allowed, action) {
			t.Errorf("a feature of functions needs %s, which no policy has", action)
		}
	}
	var sources []string
	for _, pattern := range []string{"*.go", filepath.Join("internal", "*", "*.go")} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, found...)
	}
	request := regexp.MustCompile(
		`(?i:call|explain)\((?:ctx|err), "([a-z0-9]+:[A-Za-z]+)"|\{\s*"[a-z ]+", "(s3:[A-Za-z]+)", "(s3:[A-Za-z]+)"`)
	found := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		code, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range request.FindAllStringSubmatch(string(code), -1) {
			for _, action := range match[1:] {
				if action == "" || action == "sts:GetCallerIdentity" { // which nobody needs a permission for
					continue
				}
				if found++; !slices.Contains(allowed, action) {
					t.Errorf("%s asks for %s, which no policy has", source, action)
				}
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d requests are found: the pattern does not fit the code", found)
	}
}

// What CloudFormation does first with a resource of each type that package decorator adds, and the last thing.
func TestThePoliciesAllowDecorators(t *testing.T) {
	actions := map[string][]string{
		"AWS::CloudWatch::Alarm":           {"cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"},
		"AWS::CloudWatch::Dashboard":       {"cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"},
		"AWS::CodeDeploy::Application":     {"codedeploy:CreateApplication", "codedeploy:DeleteApplication"},
		"AWS::CodeDeploy::DeploymentGroup": {"codedeploy:CreateDeploymentGroup", "codedeploy:DeleteDeploymentGroup"},
		"AWS::IAM::Role":                   {"iam:CreateRole", "iam:DeleteRole"},
		"AWS::Kinesis::Stream":             {"kinesis:CreateStream", "kinesis:DeleteStream"},
		"AWS::Lambda::Alias":               {"lambda:CreateAlias", "lambda:DeleteAlias"},
		"AWS::Lambda::EventSourceMapping":  {"lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping"},
		"AWS::Lambda::Function":            {"lambda:CreateFunction", "lambda:DeleteFunction"},
		"AWS::Lambda::Version":             {"lambda:PublishVersion", "lambda:DeleteFunction"},
		"AWS::Logs::LogGroup":              {"logs:CreateLogGroup", "logs:DeleteLogGroup"},
		"AWS::Logs::SubscriptionFilter":    {"logs:PutSubscriptionFilter", "logs:DeleteSubscriptionFilter"},
	}
	allowed := actionsOfDocuments(t, "provision.md", "event-sources.md", "hooks.md")
	for name, change := range decorated() {
		text, err := rendered(t, change)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range regexp.MustCompile(`"Type": "(AWS::[^"]+)"`).FindAllStringSubmatch(text, -1) {
			if len(actions[match[1]]) == 0 {
				t.Errorf("%s: this test has no actions for a resource of type %s", name, match[1])
			}
			for _, action := range actions[match[1]] {
				if !slices.Contains(allowed, action) {
					t.Errorf("%s: a resource of type %s needs %s, which no policy has", name, match[1], action)
				}
			}
		}
	}
}

// actionsOfDocuments returns what the policies in documents allow.
func actionsOfDocuments(t *testing.T, names ...string) []string {
	t.Helper()
	var text []byte
	for _, name := range names {
		document, err := os.ReadFile(filepath.Join("..", "docs", name))
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, document...)
	}
	var allowed []string
	for _, block := range regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		var policy struct {
			Version   string
			Statement []struct{ Action, Resource any }
		}
		if err := json.Unmarshal([]byte(block[1]), &policy); err != nil || policy.Version != "2012-10-17" {
			t.Fatalf("not a policy (error: %v):\n%s", err, block[1])
		}
		for _, statement := range policy.Statement {
			allowed = append(allowed, show.Expressions(statement.Action)...)
		}
	}
	return allowed
}
