package product

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
)

// TestTheGreetingExample does with examples/greeting, which the README quotes, what the README says.
func TestTheGreetingExample(t *testing.T) {
	needHost(t)
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "greeting"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/greeting"); err != nil {
		t.Fatal(err)
	}
	example := project{dir: filepath.Join(repository(), "examples", "greeting")}
	p.write(t, "main.go", example.read(t, "main.go"))

	program := filepath.Join(work, "greeting.exe")
	p.run(t, nil, "go", "build", "-o", program, ".")
	p.expectAnswer(t, program, "Hello Ada, from Go inside Python\n")

	account := testaws.Start(t).Account(t)
	for name, value := range account.Settings() {
		p.env = append(p.env, name+"="+value)
	}
	result := p.mage(t, nil, "cgo:provision")
	if result.code != 0 || !regexp.MustCompile(`(?m)^APIGatewayURL +https://`).MatchString(result.stdout) {
		t.Errorf("cgo:provision: exit status %d\n%s%s", result.code, result.stdout, result.stderr)
	}
}

// expectAnswer checks how the API that an application's program serves answers GET /hello/Ada.
func (p project) expectAnswer(t *testing.T, program, want string) {
	t.Helper()
	server := exec.Command(program, "execute", "--port", "0")
	server.Dir, server.Env, server.Stderr = p.dir, p.env, os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer server.Process.Kill() // it has ended, unless the test fails
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url, _, _ := strings.Cut(line, " ")
	response, err := http.Get(url + "hello/Ada")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || string(body) != want {
		t.Errorf("%s answers %q, %v; want %q", url, body, err, want)
	}
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}
