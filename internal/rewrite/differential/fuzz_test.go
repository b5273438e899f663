package differential

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/spartamage"
)

const gomod = "module example.com/generated\n\ngo 1.24\n\nrequire github.com/aws/aws-lambda-go v1.51.1\n"

// FuzzPrograms checks that a rewritten program prints, answers and ends as the original does under aws-lambda-go.
func FuzzPrograms(f *testing.F) {
	testrequire.Need(f, "python", "gcc")
	if runtime.GOOS == "windows" {
		f.Skip("it has no bootstrap")
	}
	all := []byte{0}
	for i := range fragments {
		all = append(all, byte(i), byte(3*i+1))
	}
	f.Add(all)
	f.Add([]byte{2, 1, 200, 4, 5, 7, 8, 6, 120, 8, 2})
	f.Setenv("GOWORK", "off")
	f.Setenv("SPARTA_BUILDER", "host")
	f.Setenv("SPARTA_GOOS", runtime.GOOS)
	f.Setenv("SPARTA_GOARCH", runtime.GOARCH)
	c := newComparison(f.TempDir())
	f.Cleanup(c.finish) // before the folder is removed
	f.Fuzz(func(t *testing.T, from []byte) {
		if err := c.run(from); err != nil {
			t.Fatal(err)
		}
	})
}

// compare builds a program as it is and rewritten, in an empty folder, and returns an error if they differ.
func compare(dir string, from []byte) error {
	files, functions := program(from)
	sum, err := os.ReadFile(filepath.Join("..", "..", "..", "go.sum"))
	if err != nil {
		return err
	}
	files["go.mod"], files["go.sum"] = gomod, string(sum)
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	bootstrap := filepath.Join(dir, "bootstrap")
	build := exec.Command("go", "build", "-o", bootstrap, ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the generated program does not compile: %w\n%s", err, out)
	}
	log := logrus.New()
	log.Out = io.Discard
	artifact, err := spartamage.Build(context.Background(), spartamage.BuildOptions{Dir: dir, Logger: log})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, files["main.go"])
	}
	want, err := behaviour(functions, lambdaruntime.Options{Dir: dir, Command: []string{bootstrap}})
	if err != nil {
		return err
	}
	library := lambdaruntime.Options{Dir: artifact.Stage, Handler: "index.handler", OwnClient: true}
	got, err := behaviour(functions, library)
	if err != nil {
		return err
	}
	for i := range want {
		if got[i] != want[i] {
			return fmt.Errorf("the rewritten program:\n%s\nthe original:\n%s\n%s\n%s", got[i], want[i],
				files[fmt.Sprintf("f%d.go", i)], files["main.go"])
		}
	}
	return nil
}

// behaviour lists what the program does with two events for each function.
func behaviour(functions int, o lambdaruntime.Options) ([]string, error) {
	var stdout testoutput.Output
	o.Stdout, o.Timeout, o.InitLimit = &stdout, time.Minute, time.Minute
	p, err := lambdaruntime.Start(context.Background(), o)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	var did []string
	printed := 0
	for f := range functions {
		var one strings.Builder
		for _, n := range []int{1, 7} {
			event := fmt.Appendf(nil, `{"F":%d,"N":%d}`, f, n)
			response, err := p.Invoke(context.Background(), lambdaruntime.Request{Payload: event, RequestID: "id"})
			if err != nil {
				return nil, err
			}
			p.Flush()
			text := stdout.String()
			fmt.Fprintf(&one, "%s answers %s\n%s", event, essence(response), prints(text[printed:]))
			printed = len(text)
		}
		did = append(did, one.String())
	}
	return did, nil
}

// essence is the part of a response that does not depend on the runtime.
func essence(response *lambdaruntime.Response) string {
	if !response.Failed {
		return string(response.Payload)
	}
	var failure struct{ ErrorType, ErrorMessage string }
	if err := json.Unmarshal(response.Payload, &failure); err != nil {
		return fmt.Sprintf("%s: %v", response.Payload, err)
	}
	return failure.ErrorType + ": " + failure.ErrorMessage
}

// prints are the lines that the program has printed.
func prints(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "> ") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
