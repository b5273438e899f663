//go:build !lambdabinary

package cgo_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo"
)

// noAWS removes AWS's settings and credentials from the environment.
func noAWS(t *testing.T) {
	t.Helper()
	for _, setting := range os.Environ() {
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

// The flags are those of the original, and the environment has their defaults.
func TestFlagsOfCommands(t *testing.T) {
	tests := map[string]struct {
		command string
		env     map[string]string
		want    []string // regular expressions, each of one line of the help
	}{
		"provision": {
			command: "provision",
			want: []string{
				`-s, --s3Bucket string +bucket for the package; SPARTA_S3_BUCKET or S3_BUCKET`,
				`-i, --buildID string .*`,
				`-p, --codePipelinePackage string .*`,
				`-c, --inplace .*`,
				`-n, --noop +render and show, change nothing; SPARTA_NOOP or NOOP`,
				`-t, --tags string .*`,
				`--ldflags string .*`,
				`--adopt string .*`,
				`-y, --yes .*`,
				`--json .*`,
				`--wait duration .*`,
				`--parameter stringToString .*`,
				`--tag stringToString .*`,
				`--serviceRole string .*; SPARTA_SERVICE_ROLE`,
				`-l, --level string .*`,
				`-f, --format string .*`,
				`--stack string .*`,
				`--profile string .*`,
				`--region string .*`,
				`--roleArn string .*`,
				`--mfaSerial string .*`,
			},
		},
		"a dry run, by NOOP": {
			"provision", map[string]string{"NOOP": "true"}, []string{`-n, --noop .*\(default true\)`},
		},
		"a dry run, by SPARTA_NOOP": {
			"provision", map[string]string{"SPARTA_NOOP": "1"}, []string{`-n, --noop .*\(default true\)`},
		},
		"a NOOP that is not a boolean": {
			"provision", map[string]string{"NOOP": "please"}, []string{`-n, --noop .*\(default true\)`},
		},
		"a NOOP that is false": {
			"provision",
			map[string]string{"NOOP": "false", "SPARTA_NOOP": "0"},
			[]string{`-n, --noop +render and show, change nothing; SPARTA_NOOP or NOOP`},
		},
		"S3_BUCKET, which the original's targets read": {
			"provision", map[string]string{"S3_BUCKET": "old"}, []string{`-s, --s3Bucket string .*\(default "old"\)`},
		},
		"SPARTA_S3_BUCKET takes precedence": {
			"provision",
			map[string]string{"S3_BUCKET": "old", "SPARTA_S3_BUCKET": "new"},
			[]string{`-s, --s3Bucket string .*\(default "new"\)`},
		},
		"the stack of the environment": {
			"provision",
			map[string]string{"SPARTA_STACK": "staging"},
			[]string{`--stack string .*\(default "staging"\)`},
		},
		"status": {
			"status", nil, []string{`-r, --redact +hide the account's number \(default true\)`, `--json .*`},
		},
		"logs": {
			"logs", nil, []string{`--function string .*`, `--filter string .*`, `--since duration .*`, `--follow .*`},
		},
		"delete": {
			"delete",
			map[string]string{"NOOP": "true"},
			[]string{`-n, --noop .*\(default true\)`, `--wait duration .*`, `--adopt string .*`, `-y, --yes .*`},
		},
		"invoke": {
			"invoke", nil, []string{`--event string .*\(default "\{\}"\)`, `--function string .*`},
		},
		"recover": {
			"recover", nil, []string{`--skip strings .*`, `--wait duration .*`, `--adopt string .*`},
		},
		"rollback": {
			"rollback", nil,
			[]string{`--function string .*`, `--version string .*`, `-n, --noop .*`, `--adopt string .*`},
		},
		"describe": {"describe", nil, []string{`-o, --out string .*`, `--json .*`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{
				"NOOP", "SPARTA_NOOP", "S3_BUCKET", "SPARTA_S3_BUCKET", "SPARTA_STACK", "SPARTA_LOG_LEVEL",
			} {
				t.Setenv(variable, test.env[variable])
			}
			stdout, _, err := cgo.Run(t.Context(), function(echo), nil, "", test.command, "--help")
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range test.want {
				if !regexp.MustCompile(`(?m)^ +` + want + `$`).MatchString(stdout) {
					t.Errorf("the help lacks %s:\n%s", want, stdout)
				}
			}
		})
	}
}

func TestCommandsThatCannotReachAWS(t *testing.T) {
	noAWS(t)
	t.Chdir(t.TempDir())
	tests := map[string]struct {
		args   []string
		stderr string
	}{
		"no region": {[]string{"status"}, `Error: no AWS region.*`},
		"a region that is invalid": {
			[]string{"logs", "--region", "ireland"}, `Error: AWS region "ireland" is invalid.*`,
		},
		"a profile that does not exist": {
			[]string{"delete", "--profile", "nobody", "--region", "eu-west-1"}, `Error: .*nobody.*`,
		},
		"an event that is not JSON": {
			[]string{"invoke", "--event", "{"}, `Error: the event of --event is not JSON.*`,
		},
		"a function that does not exist": {
			[]string{"invoke", "--function", "g", "--region", "eu-west-1"}, `Error: no function "g": choose one of f`,
		},
		"another stack to adopt than to delete": {
			[]string{"delete", "--adopt", "Helo", "--region", "eu-west-1"},
			`Error: -adopt=Helo does not repeat the stack's name, which is Hello: nothing was changed; .*`,
		},
		"another stack to adopt than to recover": {
			[]string{"recover", "--stack", "a", "--adopt", "b", "--region", "eu-west-1"},
			`Error: -adopt=b does not repeat the stack's name, which is a: .*`,
		},
		"another stack to adopt than to roll back": {
			[]string{"rollback", "--stack", "a", "--adopt", "b", "--region", "eu-west-1"},
			`Error: -adopt=b does not repeat the stack's name, which is a: .*`,
		},
		"a version that is not a number": {
			[]string{"rollback", "live"}, `Error: "live" is not a version: .*`,
		},
		"two different versions": {
			[]string{"rollback", "7", "--version=6"}, `Error: version 7 and --version=6 are different: .*`,
		},
		"an invalid number of versions to keep": {
			[]string{"provision", "--keepVersions=few", "--region", "eu-west-1"},
			`Error: -keepVersions=few \(SPARTA_KEEP_VERSIONS\) must be the number of old versions to keep, or all`,
		},
		"another stack to adopt than to provision, before anything is built": {
			[]string{"provision", "--adopt", "b"},
			`Error: -adopt=b does not repeat the stack's name, which is Hello: .*`,
		},
		"a stack to adopt in place": {
			[]string{"provision", "--adopt", "Hello", "--inplace"},
			`Error: an update in place does not change the stack's tags, .*`,
		},
		"an unknown flag": {
			[]string{"status", "--colour"}, `Error: unknown flag: --colour: see Hello status --help`,
		},
		"an argument": {
			[]string{"delete", "everything"}, `Error: unknown command "everything" for "Hello delete"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", test.args...)
			if err == nil || stdout != "" || !regexp.MustCompile(`(?s)^`+test.stderr+`\n$`).MatchString(stderr) {
				t.Errorf("stdout is %q, stderr is %q, want %s", stdout, stderr, test.stderr)
			}
		})
	}
}

// A page replaces an earlier page and nothing else of the user's.
func TestDescribeReplacesOnlyPages(t *testing.T) {
	dir := t.TempDir()
	source, page := filepath.Join(dir, "main.go"), filepath.Join(dir, "page.html")
	link, own := filepath.Join(dir, "link.html"), filepath.Join(dir, "own.html")
	for file, content := range map[string]string{
		source: "package main\n", page: "", own: "<!DOCTYPE html>\n<title>mine</title>\n",
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	missing := filepath.Join(dir, "missing") + string(filepath.Separator)
	refused := []string{source, own, dir, missing}
	if err := os.Symlink("main.go", link); err == nil { // not every Windows permits it
		refused = append(refused, link)
	}
	for range 2 { // the first time, the file is empty
		if _, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", "describe", "--out", page); err != nil {
			t.Fatalf("%v: %s", err, stderr)
		}
	}
	for _, file := range refused {
		want := "Error: write the page: " + file + " exists and is not a page that describe wrote: " +
			"name another file with -out, or remove this one\n"
		if file == dir || file == missing {
			want = "Error: write the page: " + file + " is a folder: name a file, for example " +
				filepath.Join(file, "describe.html") + "\n"
		}
		stdout, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", "describe", "--out", file)
		if err == nil || stdout != "" || stderr != want {
			t.Errorf("stdout is %q, stderr is %q, want %q", stdout, stderr, want)
		}
	}
	if _, err := os.Stat(missing); err == nil {
		t.Errorf("%s was created", missing)
	}
	for file, want := range map[string]string{
		source: "package main\n", own: "<!DOCTYPE html>\n<title>mine</title>\n",
	} {
		if content, err := os.ReadFile(file); err != nil || string(content) != want {
			t.Errorf("%s contains %q (error: %v), want %q", file, content, err, want)
		}
	}
}

func TestDescribeWritesAPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "page.html")
	for _, args := range [][]string{
		{"describe", "--out", file},
		{"describe", "-o", file, "-s", "bucket-that-sparta-wanted"},
	} {
		stdout, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", args...)
		if err != nil || stdout != file+"\n" || stderr != "" {
			t.Errorf("%q writes %q (error: %v, stderr: %q)", args, stdout, err, stderr)
		}
		page, err := os.ReadFile(file)
		if err != nil ||
			!strings.HasPrefix(string(page), "<!DOCTYPE html>") ||
			!strings.Contains(string(page), "Says hello") {
			t.Errorf("the page is %.80q (error: %v)", page, err)
		}
		if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
	_, stderr, err := cgo.Run(t.Context(), function(echo), nil, "", "describe", "--json", "--out", file)
	if err == nil {
		t.Errorf("a page together with JSON is not an error: %s", stderr)
	}
	_, stderr, err = cgo.Run(t.Context(), function(echo), nil, "", "describe", "--out", "/dev/null/page.html")
	if err == nil || !strings.Contains(stderr, "write the page") {
		t.Errorf("error %v: %s", err, stderr)
	}
}
