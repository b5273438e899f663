//go:build unix

package original

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/workspace"
)

// program writes what Sparta writes.
const program = `#!/bin/sh
mkdir -p .sparta
: >Sparta.lambda.amd64
echo '{}' >.sparta/Shop-cftemplate.json
: >.sparta/Shop-code.zip
`

// running are options for an application whose program is a script.
func running(t *testing.T, script string) Options {
	t.Helper()
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{"app/main.go": ""})
	path := filepath.Join(dir, "program")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	return Options{
		Version: "v1.15.0",
		Program: path, Dir: filepath.Join(dir, "app"), Workspace: filepath.Join(dir, "workspace"), Logger: log,
	}
}

func TestRenderReportsWhyThereIsNoTemplate(t *testing.T) {
	for name, c := range map[string]struct{ script, want string }{
		"main ends before it calls Sparta": {
			"exit 0", "it wrote no template: main has to call sparta.Main or sparta.MainEx with its arguments",
		},
		"Sparta reports errors": {
			`echo '{"level": "error", "msg": "Failed", "error": "no role"}'; exit 1`,
			"Failed no role: " +
				"`go run . provision --noop --s3Bucket any` must succeed without changes of the application",
		},
		"a hook asks AWS for something": {
			`echo '{"level": "error", "msg": "NoCredentialProviders: no valid providers in chain"}'; exit 1`,
			"NoCredentialProviders: no valid providers in chain: the application asks AWS for something, " +
				"for example a role that it names: set AWS_PROFILE or pass -profile",
		},
		"a hook panics": {
			"echo text; mkdir .sparta; echo '{}' >.sparta/Shop-cftemplate.json; exit 2",
			"exit status 2: `go run . provision --noop --s3Bucket any` must succeed without changes of the application",
		},
		"Ctrl-C": {"kill -INT $$; sleep 60", "interrupted"},
		"two services": {
			"mkdir .sparta; echo '{}' >.sparta/News-cftemplate.json; echo '{}' >.sparta/Shop-cftemplate.json",
			"it wrote News-cftemplate.json and Shop-cftemplate.json: main has to call sparta.Main or sparta.MainEx " +
				"once, for one service",
		},
	} {
		t.Run(name, func(t *testing.T) {
			options := running(t, "#!/bin/sh\n"+c.script+"\n")
			_, err := Render(t.Context(), options)
			want := "render the template with the application's own Sparta v1.15.0: " + c.want
			if err == nil || err.Error() != want {
				t.Errorf("error is %v\nwant     %s", err, want)
			}
			if entries, err := os.ReadDir(options.Dir); err != nil || len(entries) != 1 {
				t.Errorf("the application's folder has %v", entries)
			}
		})
	}
}

// Outside of a repository, Sparta would choose a random build ID.
func TestTheBuildIDStays(t *testing.T) {
	options := running(t, "#!/bin/sh\n")
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(options.Dir))
	first, err := options.arguments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again, err := options.arguments(t.Context())
	if err != nil || !slices.Equal(first, again) || !strings.HasPrefix(first[len(first)-1], "--buildID=") {
		t.Errorf("arguments are %q, then %q (error: %v)", first, again, err)
	}
	options.Arguments = []string{"--buildID=7"}
	if got, err := options.arguments(t.Context()); err != nil || got[len(got)-1] != "--buildID=7" || len(got) != 4 {
		t.Errorf("arguments are %q (error: %v)", got, err)
	}
}

func TestRenderLeavesNothingAlsoAfterARunThatWasKilled(t *testing.T) {
	options := running(t, program)
	kept := filepath.Join(options.Workspace, workspace.OriginalFolder)
	if err := os.MkdirAll(kept, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.BeginOriginal(kept, options.Dir); err != nil {
		t.Fatal(err)
	}
	testfiles.Write(t, options.Dir, map[string]string{
		"Sparta.lambda.amd64": "", ".sparta/Other-S3Site.zip": "of the service's old name",
	})
	rendered, err := Render(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(rendered.Template) != kept || rendered.Site != "" {
		t.Errorf("rendered %+v", rendered)
	}
	entries, err := os.ReadDir(options.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "main.go" {
		t.Errorf("the application's folder has %s", got)
	}
}
