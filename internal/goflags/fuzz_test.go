package goflags

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// goCommand is a program with the go command's own package for lists of flags, which other modules cannot import.
type goCommand struct {
	in  io.Writer
	out *bufio.Reader
}

const goCommandMain = `package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strconv"
)

func main() {
	out := json.NewEncoder(os.Stdout)
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		list, err := strconv.Unquote(line[:len(line)-1])
		if err != nil {
			panic(err)
		}
		var quoted []string
		fields, err := Split(list)
		_, joinErr := Join(fields)
		for _, field := range fields {
			quoted = append(quoted, strconv.Quote(field))
		}
		out.Encode(map[string]any{"Failed": err != nil, "Fields": quoted, "JoinFailed": joinErr != nil})
	}
}
`

func startGoCommand(tb testing.TB) goCommand {
	tb.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		tb.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "src/cmd/internal/quoted/quoted.go"))
	if err != nil {
		tb.Skip("this Go has no sources of the go command: ", err)
	}
	dir := tb.TempDir()
	for name, content := range map[string]string{
		"go.mod":    "module quoted\n\ngo 1.24\n",
		"main.go":   goCommandMain,
		"quoted.go": strings.Replace(string(source), "package quoted", "package main", 1),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	program := filepath.Join(dir, "quoted")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOARCH=", "GOOS=")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("%v: %s", err, out)
	}
	cmd := exec.Command(program)
	in, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { // before the folder is removed
		_ = in.Close()
		_ = cmd.Wait()
	})
	return goCommand{in, bufio.NewReader(answers)}
}

// split returns what the go command makes of a list, and whether it can join the fields.
func (g goCommand) split(t *testing.T, list string) (fields []string, ok, joins bool) {
	t.Helper()
	if _, err := fmt.Fprintln(g.in, strconv.Quote(list)); err != nil {
		t.Fatal(err)
	}
	line, err := g.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Failed, JoinFailed bool
		Fields             []string
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		t.Fatal(err)
	}
	for _, quoted := range answer.Fields {
		field, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatal(err)
		}
		fields = append(fields, field)
	}
	return fields, !answer.Failed, !answer.JoinFailed
}

// FuzzSplit checks that lists of flags are split and joined as the go command does.
func FuzzSplit(f *testing.F) {
	for _, list := range []string{
		"", " \t\r\n", "-tags=a -x", "'-ldflags=-X main.v=1 2' -race", `"-tags=a,b"`, `'a"b' "c'd"`, `a'b c"d`, `'a'b`,
		`'a`, `"`, "''", `-ldflags=-extldflags "-lm"`, `a\ b`, "\u00a0a\u2028b", "-a\v-b\f-c", "\x00\xff",
	} {
		f.Add(list)
	}
	command := startGoCommand(f)
	f.Fuzz(func(t *testing.T, list string) {
		want, ok, joins := command.split(t, list)
		got, err := Split(list)
		if ok != (err == nil) || ok && !slices.Equal(got, want) {
			t.Fatalf("%q is split into %q, %v; the go command: %q, %v", list, got, err, want, ok)
		}
		if err != nil {
			return
		}
		joined, err := Join(got)
		if err != nil && joins {
			t.Fatalf("%q are not joined, but the go command joins them: %v", got, err)
		}
		if err != nil {
			return
		}
		if again, ok, _ := command.split(t, joined); !ok || !slices.Equal(again, got) {
			t.Fatalf("%q are joined to %q, which the go command splits into %q, %v", got, joined, again, ok)
		}
	})
}

// FuzzRead checks that no flag of GOFLAGS is lost or made: the go command finds the same ones in what is left.
func FuzzRead(f *testing.F) {
	for _, value := range []string{
		"", "-tags=b,a -trimpath", "'-ldflags=-s -X main.v=1' -mod=mod", "--modfile=x.mod -overlay=o.json -pgo=off",
		"-toolexec='a b'", "-asan", "-asan=false", "-compiler=gc", "-n", "-mod=vendor", `'-gcflags=all=-N -l'`,
	} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		read, err := Read(value)
		if err != nil {
			return
		}
		fields, err := Split(value)
		if err != nil {
			t.Fatalf("%q was read, but it cannot be split: %v", value, err)
		}
		rest, err := Split(read.Rest)
		if err != nil {
			t.Fatalf("the rest of %q is %q: %v", value, read.Rest, err)
		}
		kept := 0
		for _, field := range fields {
			name, text, _ := strings.Cut(strings.TrimLeft(field, "-"), "=")
			switch name {
			case "tags":
				if slices.Contains(rest, field) && !slices.Contains(read.Tags, "") && text != "" {
					t.Errorf("%q is among the rest %q, too", field, rest)
				}
			case "ldflags":
			case "mod":
				kept++
			default:
				kept++
				if !slices.Contains(rest, field) {
					t.Errorf("%q of %q is not among the rest %q", field, value, rest)
				}
			}
		}
		if len(rest) != kept {
			t.Errorf("the rest of %q is %q: %d instead of %d flags", value, rest, len(rest), kept)
		}
		_ = MergeLinker(read.LDFlags)
		_ = KeepSymbols(read.LDFlags)
		_ = External(read.LDFlags)
		_ = Redacted([]string{"-ldflags=" + read.LDFlags})
	})
}
