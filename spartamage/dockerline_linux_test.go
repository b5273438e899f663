package spartamage

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/testengine"
	"github.com/go-sparta/sparta/internal/testtty"
)

// The line of the original Sparta contains the arguments of docker. On a terminal, it has only what a person needs.
func TestTheLineThatAnnouncesAContainer(t *testing.T) {
	const whole, short = "Args=[run --rm ", "Image=golang:1 Platform=linux/arm64\r\n"
	for name, test := range map[string]struct {
		terminal bool
		level    string
		want     string
	}{
		"in a file":               {false, "info", whole},
		"on a terminal":           {true, "info", short},
		"on a terminal, at debug": {true, "debug", whole},
		"on a terminal, at trace": {true, "trace", whole},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CI", "")
			t.Setenv("TERM", "xterm")
			t.Setenv("NO_COLOR", "1")
			fake := testengine.New(t)
			fake.Add(t, "docker", "run*) exit 0;;")
			terminal := testtty.Open(t, 200)
			var file bytes.Buffer
			var out io.Writer = terminal.File
			if !test.terminal {
				out = &file
			}
			log, err := progress.NewLogger(out, progress.Options{Level: test.level})
			noError(t, err)
			c := container{Name: "n", Image: "golang:1", Platform: "linux/arm64", Dir: "/app"}
			_, err = c.run(t.Context(), fake.Dir+"/docker", log, "a.so", "go", "build")
			noError(t, err)
			got := terminal.Text() + file.String()
			if !strings.Contains(got, "INFO[0000] Building `cgo` library in Docker "+test.want) {
				t.Errorf("the log is %q, want %q in it", got, test.want)
			}
			if strings.Contains(got, "Args=") != strings.Contains(got, "Name=a.so") {
				t.Errorf("the log is %q: Args and Name belong together", got)
			}
		})
	}
}
