package product

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
)

// TestTheQueueExample runs the targets on examples/queue: with sample events here, and deployed to the stand-in.
func TestTheQueueExample(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "queue"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/queue"); err != nil {
		t.Fatal(err)
	}
	example := project{dir: filepath.Join(repository(), "examples", "queue")}
	p.write(t, "main.go", example.read(t, "main.go"))

	const shipped = "order 2 from arn:aws:sqs:us-east-1:123456789012:SpartaQueue-Orders is shipped"
	result := p.mage(t, nil, "cgo:invoke", "-sample=sqs")
	if result.code != 0 || result.stdout != `{"batchItemFailures":[]}`+"\n" ||
		!strings.Contains(result.stderr, shipped) {
		t.Fatalf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	for want, args := range map[string][]string{
		`no sample event "sqz": did you mean sqs? use one of activemq, `: {"-sample=sqz"},
		"both -event and -sample are set: use one of them":               {"-sample=sqs", "-event={}"},
	} {
		result := p.mage(t, nil, append([]string{"cgo:invoke"}, args...)...)
		if result.code == 0 || result.stdout != "" || !strings.Contains(result.stderr, want) {
			t.Errorf("%s: exit status %d, want %s\n%s%s", args, result.code, want, result.stdout, result.stderr)
		}
	}
	out := p.run(t, nil, "go", "run", ".", "execute", "--sample=sqs")
	if !strings.Contains(out, `{"batchItemFailures":[]}`) {
		t.Errorf("execute --sample=sqs writes %s", out)
	}

	account := testaws.Start(t).Account(t)
	for name, value := range account.Settings() {
		p.env = append(p.env, name+"="+value)
	}
	result = p.mage(t, nil, "cgo:provision")
	if result.code != 0 || !strings.Contains(result.stdout+result.stderr, "OrdersURL") {
		t.Fatalf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	mappings := string(account.CLI(t, nil, "lambda", "list-event-source-mappings"))
	for _, want := range []string{"ReportBatchItemFailures", `"MaximumConcurrency": 5`, ":function:SpartaQueue-ship"} {
		if !strings.Contains(mappings, want) {
			t.Errorf("the mappings lack %s:\n%s", want, mappings)
		}
	}
	result = p.mage(t, nil, "cgo:provision")
	if result.code != 0 || !strings.Contains(result.stderr, "no changes") {
		t.Errorf("exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
	result = p.mage(t, nil, "cgo:delete", "-yes")
	if left := string(account.CLI(t, nil, "sqs", "list-queues")); result.code != 0 || strings.Contains(left, "Orders") {
		t.Errorf("exit status %d, queues left: %s\n%s%s", result.code, left, result.stdout, result.stderr)
	}
}
