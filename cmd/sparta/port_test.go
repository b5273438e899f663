package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestPort(t *testing.T) {
	const application = `-- go.mod --
module example.com/app

go 1.25.0
-- main.go --
package main

import (
	sparta "github.com/mweagle/Sparta"
	"github.com/mweagle/Sparta/docker"
)

func main() {
	docker.BuildDockerImage("", "", nil, nil)
	sparta.Main("", "", nil, nil, nil)
}
`
	const left = "main.go:5: package docker of Sparta has no successor here: build images with docker itself\n" +
		"main.go:9: docker.BuildDockerImage: build images with docker itself\n"
	for name, c := range map[string]struct {
		args           []string
		archive        string
		code           int
		stdout, stderr string
	}{
		"a diff": {
			[]string{"port"}, application, 0, "+\tcgo.Main(", left +
				"files that would change: 2, places left to you: 2; write the changes with -w\n",
		},
		"files": {
			[]string{"port", "-w", "."}, application, 0, "go.mod\nmain.go\n", left +
				"files changed: 2, places left to you: 2; change these, then run `go mod tidy` and `go vet ./...`\n",
		},
		"nothing to port": {
			[]string{"port"},
			"-- go.mod --\nmodule m\n", 1, "",
			"Error: nothing to port: no file imports github.com/mweagle/Sparta or what belongs to it: " +
				"name the application's folders, or leave it as it is\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(testfiles.Unpack(t, c.archive))
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), c.args, nil, &stdout, &stderr)
			if code != c.code || !strings.Contains(stdout.String(), c.stdout) || stderr.String() != c.stderr {
				t.Errorf("exit status %d\n%s\n%s", code, &stdout, &stderr)
			}
		})
	}
}
