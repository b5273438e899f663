package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/scaffold"
)

// Each template is an application that builds, passes its tests, answers its sample event and can be deployed.
func TestNewApplications(t *testing.T) {
	needHost(t)
	t.Parallel()
	answers := map[string]string{
		"hello":    `{"greeting":"Hello Ada, from Go inside Python"}`,
		"api":      `"body":"{\"text\":\"Hello Ada, from Go inside Python\"}\n"`,
		"queue":    `{"batchItemFailures":[{"itemIdentifier":"2e1424d4-f796-459a-8184-9c92662be6da"}]}`,
		"schedule": `{"title":"Report of `,
		"site":     `"body":"{\"text\":\"Hello Ada, from Go inside Python\"}\n"`,
		"edge":     `"location":[{"key":"Location","value":"/"}]`,
		"mixed":    `{"count":3,"mean":3}`,
	}
	resources := map[string]string{
		"hello":    "AWS::Lambda::Function",
		"api":      "AWS::ApiGatewayV2::Api",
		"queue":    "AWS::Lambda::EventSourceMapping",
		"schedule": "AWS::Scheduler::Schedule",
		"site":     "AWS::CloudFront::Distribution",
		"edge":     "AWS::CloudFront::Distribution",
		"mixed":    `"Handler": "app.handle"`,
	}
	for _, template := range scaffold.Templates() {
		t.Run(template.Name, func(t *testing.T) {
			t.Parallel()
			p := newApplication(t, "my-"+template.Name, "--template="+template.Name)
			p.run(t, nil, "go", "vet", "./...")
			p.run(t, nil, "go", "test", "./...")
			args := []string{"cgo:invoke", "-event=@events/example.json"}
			if template.Name == "mixed" {
				args = append(args, "-function=app.handle")
				p.run(t, nil, "mage", "test")
			}
			result := p.mage(t, nil, args...)
			if result.code != 0 || !strings.Contains(result.stdout, answers[template.Name]) {
				t.Errorf("it answers %s, want %s\n%s", result.stdout, answers[template.Name], result.stderr)
			}
			if strings.Contains(result.stderr, "at least these versions") { // there were none before
				t.Errorf("the build finds raised versions in a new application:\n%s", result.stderr)
			}
			result = p.mage(t, nil, "cgo:provision", "-noop")
			if result.code != 0 {
				t.Fatalf("cgo:provision -noop: exit status %d\n%s", result.code, result.stderr)
			}
			if template.Name == "api" || template.Name == "site" { // as they are served by `go run . execute --port`
				program := filepath.Join(p.dir, ".sparta", "deploy", "deploy")
				p.expectAnswer(t, program, `{"text":"Hello Ada, from Go inside Python"}`+"\n")
			}
			rendered := p.read(t, filepath.Join(".sparta", "template.json"))
			if !strings.Contains(rendered, resources[template.Name]) {
				t.Errorf("the template is %s, want %s in it", rendered, resources[template.Name])
			}
		})
	}
}

// newApplication makes an application as a user without any settings does. The network is the module cache.
func newApplication(t *testing.T, name string, flags ...string) project {
	t.Helper()
	program := spartaProgram(t)
	work := t.TempDir()
	home := filepath.Join(work, "home")
	if err := os.Mkdir(home, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := compiledTargets(); err != nil {
		t.Fatal(err)
	}
	p := project{dir: work, env: append(bareEnvironment(work), "HOME="+home, "XDG_CACHE_HOME=")}
	p.run(t, nil, program, append([]string{"new", name}, flags...)...)
	p.dir = filepath.Join(work, name)
	p.run(t, []string{moduleCache()}, "go", "mod", "tidy")
	p.linkProgram(t)
	return p
}
