package functions

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
)

//go:embed probe/probe.py
var probe []byte

// parts are those of a start, in the order in which they begin. Go's initializers run beside Python.
var parts = []string{
	"Python's interpreter", "the runtime client's imports", "the library is loaded", "Python's side of the library",
	"Go's runtime, initializers and main, while Python waits", "package initializers of Go, beside it",
	"the first call",
}

// Parts measures what a cold start consists of: of hello, of an application that makes clients of the SDK in main, and
// of one whose package initializers do much. A script starts the runtime client and takes the times; nothing in the
// library knows of it.
func Parts(ctx context.Context, s *session.Session) error {
	wrapper, err := writeProbe(s)
	if err != nil {
		s.Add("parts", "the parts of a start: "+err.Error(), report.Row{Verdict: report.Skipped})
		return nil
	}
	for _, app := range []struct{ folder, handler, what string }{
		{"hello", "index.HelloWorld", "hello"},
		{"sdk", "index.handler", "clients of the SDK in main"},
		{"heavyinit", "index.handler", "heavy initializers"},
	} {
		stage, err := s.Stage(ctx, app.folder)
		if err != nil {
			return err
		}
		python := s.Python
		python.Path = wrapper
		trace := []string{"GODEBUG=inittrace=1"}
		o := lambdaruntime.Options{Dir: stage, Handler: app.handler, Python: python, Env: trace}
		contenders := map[string]*measure.Contender{}
		for range s.Pick(31, 7) + 1 {
			took, err := partsOf(ctx, s, o)
			if err != nil {
				return fmt.Errorf("%s: %w", app.what, err)
			}
			for name, one := range took {
				if contenders[name] == nil {
					contenders[name] = &measure.Contender{Name: name}
					continue // the first start reads the files into memory
				}
				contenders[name].Times = append(contenders[name].Times, one)
			}
		}
		for _, name := range parts {
			row := report.Alone(contenders[name], 0)
			row.Unit, row.Value = "ms", row.Value*1e3
			s.Add("parts", app.what+": "+name, row)
		}
	}
	return nil
}

// writeProbe writes the script, and returns a command that is called like Python and runs it.
func writeProbe(s *session.Session) (string, error) {
	script, wrapper := filepath.Join(s.Scratch, "probe.py"), filepath.Join(s.Scratch, "probe")
	command := fmt.Sprintf("#!/bin/sh\nexec %q %q \"$@\"\n", s.Python.Path, script)
	return wrapper, errors.Join(os.WriteFile(script, probe, 0o644), os.WriteFile(wrapper, []byte(command), 0o755))
}

// partsOf starts a function once and returns how long its parts took.
func partsOf(
	ctx context.Context, s *session.Session, o lambdaruntime.Options,
) (map[string]time.Duration, error) {
	var said testoutput.Output
	o.Stderr = &said
	before, err := monotonic()
	if err != nil {
		return nil, err
	}
	p, err := s.Start(ctx, o)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	response, err := session.Invoke(ctx, p, []byte(`{"name":"Ada"}`))
	if err != nil {
		return nil, err
	}
	p.Flush()
	marks, err := marksOf(said.String())
	if err != nil {
		return nil, err
	}
	took := func(name string) time.Duration { return time.Duration(marks[name][1] - marks[name][0]) }
	return map[string]time.Duration{
		parts[0]: time.Duration(marks["python"][0] - before),
		parts[1]: time.Duration(marks["index"][0] - marks["python"][1]),
		parts[2]: took("dlopen"),
		parts[3]: took("index") - took("dlopen") - took("_sparta.bootstrap"),
		parts[4]: took("_sparta.bootstrap"),
		parts[5]: initializers(said.String()),
		parts[6]: response.Duration,
	}, nil
}

var partsLine = regexp.MustCompile(`(?m)^parts (\{.*\})$`)

func marksOf(said string) (marks map[string][2]int64, err error) {
	found := partsLine.FindStringSubmatch(said)
	if found == nil {
		return nil, fmt.Errorf("the script has not said the times: %.500s", said)
	}
	if err := json.Unmarshal([]byte(found[1]), &marks); err != nil {
		return nil, err
	}
	for _, name := range []string{"python", "index", "dlopen", "_sparta.bootstrap"} {
		if marks[name][1] == 0 {
			return nil, fmt.Errorf("the script has not seen %s: %s", name, found[1])
		}
	}
	return marks, nil
}

var initLine = regexp.MustCompile(`(?m)^init \S+ @\S+ ms, (\S+) ms clock`)

// initializers adds up what Go's runtime says of each package.
func initializers(said string) (sum time.Duration) {
	for _, found := range initLine.FindAllStringSubmatch(said, -1) {
		ms, _ := strconv.ParseFloat(found[1], 64)
		sum += time.Duration(ms * float64(time.Millisecond))
	}
	return sum
}
