package product

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
)

// TestTheDiscoveryExample runs examples/discovery locally, deploys it to the stand-in, and runs it again with the
// environment that the deployed function has.
func TestTheDiscoveryExample(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "discovery"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/discovery"); err != nil {
		t.Fatal(err)
	}
	example := project{dir: filepath.Join(repository(), "examples", "discovery")}
	p.write(t, "main.go", example.read(t, "main.go"))

	const local = `"orders of Discovery go to Orders ()"` + "\n"
	invoke := func(want string, args ...string) {
		t.Helper()
		result := p.mage(t, nil, append([]string{"cgo:invoke"}, args...)...)
		if result.code != 0 || result.stdout != want {
			t.Errorf("cgo:invoke %v: exit status %d\n%s%s", args, result.code, result.stdout, result.stderr)
		}
	}
	invoke(local)
	if out := p.run(t, nil, "go", "run", ".", "execute"); !strings.Contains(out, local) {
		t.Errorf("execute writes %s", out)
	}
	p.write(t, "test.env",
		`SPARTA_DISCOVERY_INFO={"StackName": "Test", "Resources": {"Orders": {"ResourceRef": "other"}}}`)
	invoke(`"orders of Test go to other ()"`+"\n", "-env=@test.env")

	account := testaws.Start(t).Account(t)
	for name, value := range account.Settings() {
		p.env = append(p.env, name+"="+value)
	}
	result := p.mage(t, nil, "cgo:provision")
	if result.code != 0 {
		t.Fatalf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	var deployed struct {
		Environment struct{ Variables map[string]string }
	}
	account.CLI(t, &deployed, "lambda", "get-function-configuration", "--function-name", "Discovery-where")
	var queues struct{ QueueUrls []string }
	account.CLI(t, &queues, "sqs", "list-queues")
	if len(queues.QueueUrls) != 1 {
		t.Fatalf("the queues are %v", queues.QueueUrls)
	}
	_, name, _ := strings.Cut(queues.QueueUrls[0], account.ID+"/") // the CLI shows the stand-in's host
	invoke(`"orders of Discovery go to https://sqs.us-east-1.amazonaws.com/`+account.ID+"/"+name+
		" (arn:aws:sqs:us-east-1:"+account.ID+":"+name+`)"`+"\n",
		"-env=SPARTA_DISCOVERY_INFO="+deployed.Environment.Variables["SPARTA_DISCOVERY_INFO"])
}
