package product

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/chores"
)

// Flags that one side does not have.
var (
	// Targets have variables instead: a target with flags could not be mage's Default.
	buildSettings = strings.Fields("package name builder goarch python tags ldflags include " +
		"pythonDir requirements requirementsLayer bare vulncheck")
	// The original's, for its log on a terminal. Each command of a program has them, and no target.
	appearance = strings.Fields("timestamps nocolor")
	// Of all programs.
	help = []string{"help"}
)

// The same command has the same flags, under the same names, as a target, in cmd/sparta and in an application, whose
// commands are those of the deploy program.
func TestFlagsHaveTheSameNamesEverywhere(t *testing.T) {
	p := newProject(t, "plain")
	programs := t.TempDir()
	if err := chores.Go("build", "-o", programs, "./cmd/spartadeploy").In(repository()).
		Run(t.Context(), testWriter{t}, testWriter{t}); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		application bool     // whether applications have the command
		sparta      []string // flags that only cmd/sparta has
		notThere    []string // flags that applications lack
		noLog       bool     // whether the target has no flags of the log
	}{
		"build": {sparta: append([]string{"json"}, buildSettings...), noLog: true},
		"invoke": {
			application: true, sparta: buildSettings, notThere: strings.Fields("timeout env noCredentials remote"),
		},
		"provision": {application: true},
		"status":    {application: true},
		"logs":      {application: true},
		"describe":  {application: true},
		"delete":    {application: true},
		"recover":   {application: true},
		"rollback":  {application: true},
		"verify":    {application: true, sparta: buildSettings, notThere: []string{"deployed"}},
		"new":       {sparta: []string{"replace"}, noLog: true},
		"doctor":    {noLog: true},
		"clean":     {noLog: true},
	} {
		t.Run(name, func(t *testing.T) {
			target := flagsOf(t, `(?m)^\t-(\w+)=`, p.command(nil, "-h", "cgo:"+name))
			sparta := flagsOf(t, programFlag, exec.Command(spartaProgram(t), name, "--help"))
			if len(sparta) < 4 {
				t.Fatalf("cmd/sparta has only the flags %q", sparta)
			}
			want := without(sparta, test.sparta, appearance, help)
			if test.noLog {
				want = without(want, []string{"level", "format"})
			}
			if !slices.Equal(target, want) {
				t.Errorf("the target has the flags %q, cmd/sparta %q", target, want)
			}
			if test.application {
				application := exec.Command(filepath.Join(programs, "spartadeploy"), name, "--help")
				application.Dir = p.dir
				got := flagsOf(t, programFlag, application)
				if want := without(sparta, test.sparta, test.notThere); !slices.Equal(got, want) {
					t.Errorf("an application has the flags %q, cmd/sparta %q", got, want)
				}
			}
		})
	}
}

const programFlag = `(?m)^ +(?:-\w, )?--(\w+)`

// flagsOf lists the flags in the help that a command writes.
func flagsOf(t *testing.T, pattern string, help *exec.Cmd) []string {
	t.Helper()
	text, err := help.Output()
	if err != nil {
		t.Fatalf("%s: %v", help, err)
	}
	var flags []string
	for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		flags = append(flags, found[1])
	}
	slices.Sort(flags)
	return flags
}

func without(all []string, lists ...[]string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool {
		return slices.ContainsFunc(lists, func(list []string) bool { return slices.Contains(list, name) })
	})
}

// testWriter writes to a test's log.
type testWriter struct{ *testing.T }

func (w testWriter) Write(text []byte) (int, error) {
	w.Logf("%s", text)
	return len(text), nil
}
