package product

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/scaffold"
)

// Each template is an application that builds, passes its tests, answers its sample event and can be deployed. What
// `new` prints leads to a first answer.
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
			p, printed := newApplication(t, "my-"+template.Name, "--template="+template.Name)
			p.run(t, nil, "go", "vet", "./...")
			p.run(t, nil, "go", "test", "./...")
			args := []string{"cgo:invoke", "-event=@events/example.json"}
			if template.Name == "mixed" {
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
			p.expectExplored(t, printed[len(printed)-1], answers[template.Name])
			rendered := p.read(t, filepath.Join(".sparta", "template.json"))
			if !strings.Contains(rendered, resources[template.Name]) {
				t.Errorf("the template is %s, want %s in it", rendered, resources[template.Name])
			}
		})
	}
}

// expectExplored runs an application with the command that `new` has printed, and checks the answer to its event.
func (p project) expectExplored(t *testing.T, command, want string) {
	t.Helper()
	args := strings.Fields(command + " -port=0")
	if strings.HasPrefix(command, "go run . ") { // which ends with status 1 after Ctrl-C
		args = strings.Fields("program explore --port=0")
		args[0] = filepath.Join(t.TempDir(), "program") // the one of the workspace is compiled again
		if err := os.Link(filepath.Join(p.dir, ".sparta", "deploy", "deploy"), args[0]); err != nil {
			t.Fatal(err)
		}
	}
	e := startExplore(t, p.dir, args[0], args[1:]...)
	functions := e.address("Lambda's API") + "/2015-03-31/functions/"
	var list struct {
		Functions []struct{ FunctionName string }
	}
	err := json.Unmarshal([]byte(e.ask(http.MethodGet, functions, "")), &list)
	if err != nil || len(list.Functions) != 1 {
		t.Fatalf("it has the functions %v (%v), want one", list, err)
	}
	event := p.read(t, "events/example.json")
	answer := e.ask(http.MethodPost, functions+list.Functions[0].FunctionName+"/invocations", event)
	if !strings.Contains(answer, want) {
		t.Errorf("%s answers %s, want %s", command, answer, want)
	}
	switch filepath.Base(p.dir) {
	case "my-site":
		if page := e.ask(http.MethodGet, e.address("site")+"/", ""); !strings.Contains(page, "<html") {
			t.Errorf("the site is %s", page)
		}
		fallthrough
	case "my-api":
		const greeting = `{"text":"Hello Ada, from Go inside Python"}` + "\n"
		if got := e.ask(http.MethodGet, e.address(filepath.Base(p.dir))+"/hello/Ada", ""); got != greeting {
			t.Errorf("the API answers %q", got)
		}
	}
	e.interrupt()
}

// newApplication makes an application as a user without any settings does, and returns the commands that it has
// printed. The network is the module cache.
func newApplication(t *testing.T, name string, flags ...string) (p project, printed []string) {
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
	p = project{dir: work, env: append(bareEnvironment(work), "HOME="+home, "XDG_CACHE_HOME=")}
	for line := range strings.Lines(p.run(t, nil, program, append([]string{"new", name}, flags...)...)) {
		if command, ok := strings.CutPrefix(line, "    "); ok {
			printed = append(printed, strings.TrimSpace(command))
		}
	}
	p.dir = filepath.Join(work, name)
	p.run(t, []string{moduleCache()}, "go", "mod", "tidy")
	p.linkPrograms(t, programs.Run, programs.Deploy, programs.Sparta)
	return p, printed
}
