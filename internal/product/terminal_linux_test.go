package product

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testtty"
)

// The target and the deploy program that it starts write to the same terminal, and look alike. What they write to
// files has neither colors nor anything that moves.
func TestLogsOfTargetsOnATerminal(t *testing.T) {
	needHost(t)
	p := newProject(t, "plain")
	const color, move = "\x1b[36m", "\x1b[K"
	for _, test := range []struct {
		name        string
		variables   []string
		elsewhere   bool
		color, move bool
	}{
		{name: "a terminal", color: true, move: true},
		{name: "NO_COLOR", variables: []string{"NO_COLOR=1"}, move: true},
		{name: "TERM=dumb", variables: []string{"TERM=dumb"}},
		{name: "CI", variables: []string{"CI=true"}},
		{name: "a file", elsewhere: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			variables := append([]string{"CI=", "NO_COLOR=", "TERM=xterm", "AWS_REGION="}, test.variables...)
			cmd := p.command(variables, "cgo:provision", "-noop")
			terminal := testtty.Open(t, 100)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, terminal.File
			if test.elsewhere {
				cmd.Stderr = &stderr
			}
			err := cmd.Run()
			log := strings.ReplaceAll(terminal.Text()+stderr.String(), "\r\n", "\n")
			if err != nil {
				t.Fatalf("%v\n%s", err, log)
			}
			// The target's line, and the deploy program's.
			for _, line := range []string{"prepare", "INFO"} {
				if got := strings.Contains(log, color+line); got != test.color {
					t.Errorf("%s has a color: %t, want %t\n%q", line, got, test.color, log)
				}
			}
			if got := strings.Contains(log, move); got != test.move {
				t.Errorf("it replaces lines: %t, want %t\n%q", got, test.move, log)
			}
			if strings.Contains(stdout.String(), "\x1b") {
				t.Errorf("the result has escape sequences: %q", &stdout)
			}
			seen := onScreen(log)
			for _, line := range []string{"prepare    the deploy program", "next       run the same command"} {
				if !regexp.MustCompile(`(?m)^` + line).MatchString(seen) {
					t.Errorf("no line begins with %q:\n%s", line, seen)
				}
			}
		})
	}
}

// onScreen returns what a person sees in the end: without colors, and without what was replaced.
func onScreen(text string) string {
	text = regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`[^\n\r]*\r`).ReplaceAllString(text, "")
	return strings.ReplaceAll(text, "\x1b[K", "")
}
