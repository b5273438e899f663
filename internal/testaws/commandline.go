package testaws

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"

	"github.com/go-sparta/sparta/internal/testoutput"
)

//go:embed commandline.py
var commandLineScript string

// commandLine is a process that runs commands of the AWS command line. It ends with the test binary.
type commandLine struct {
	mu      sync.Mutex
	encoder *json.Encoder
	decoder *json.Decoder
	stderr  *testoutput.Output
}

// A test binary has one, because the AWS command line takes half a second to start.
var sharedCommandLine = sync.OnceValues(startCommandLine)

func startCommandLine() (*commandLine, error) {
	c := &commandLine{stderr: &testoutput.Output{}}
	cmd := exec.Command("python3", "-c", commandLineScript)
	// The folder for temporary files may be that of a test, which ends before the process.
	cmd.Env = append(os.Environ(), "TMPDIR=", "PYTHONWARNINGS=ignore", "AWS_CONFIG_FILE="+os.DevNull)
	cmd.Stderr = c.stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	answers := bufio.NewReader(stdout)
	if _, err := answers.ReadString('\n'); err != nil {
		_ = cmd.Wait()
		return nil, fmt.Errorf("start the AWS command line in python3: %w\n%s", err, c.stderr)
	}
	c.encoder, c.decoder = json.NewEncoder(stdin), json.NewDecoder(answers)
	return c, nil
}

// commandResult is how a command has ended.
type commandResult struct {
	Status int    `json:"status"`
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
}

// run runs one command.
func (c *commandLine) run(args []string, env map[string]string) (result commandResult, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	dir, err := os.Getwd() // a test may have changed it
	if err != nil {
		return result, err
	}
	request := struct {
		Args []string          `json:"args"`
		Dir  string            `json:"dir"`
		Env  map[string]string `json:"env"`
	}{args, dir, env}
	if err := c.encoder.Encode(request); err != nil {
		return result, fmt.Errorf("%w\n%s", err, c.stderr)
	}
	if err := c.decoder.Decode(&result); err != nil {
		return result, fmt.Errorf("%w\n%s", err, c.stderr)
	}
	return result, nil
}

// CommandLine runs the AWS command line with these variables as its environment, and returns what it wrote to stdout
// and stderr. The first call of a test binary starts a process that ends with it.
func CommandLine(env map[string]string, args ...string) (stdout, stderr string, status int, err error) {
	line, err := sharedCommandLine()
	if err != nil {
		return "", "", 0, err
	}
	result, err := line.run(args, env)
	return result.Stdout, result.Stderr, result.Status, err
}
