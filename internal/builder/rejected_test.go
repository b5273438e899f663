package builder

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// A build whose package is still there after a change has been undone removes what the failed one has left.
func TestWhatAFailedBuildHasLeftGoesWithItsChange(t *testing.T) {
	testrequire.Need(t, "gcc", "modules")
	sums, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	const main = "package main\n\nimport \"github.com/aws/aws-lambda-go/lambda\"\n\n" +
		"func main() { lambda.Start(func() (int, error) { return 1, nil }) }\n"
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n\nrequire github.com/aws/aws-lambda-go v1.51.1\n",
		"go.sum": string(sums),
	})
	left := filepath.Join(dir, "main.go.sparta-cgo")
	for _, step := range []struct {
		main  string
		works bool
	}{{main, true}, {strings.Replace(main, "1, nil", "x, nil", 1), false}, {main, true}} {
		testfiles.Write(t, dir, map[string]string{"main.go": step.main})
		log := logrus.New()
		log.SetOutput(io.Discard)
		opts, err := Settings{Dir: dir, Builder: "host", Logger: log}.Resolve()
		if err != nil {
			t.Fatal(err)
		}
		opts.RunContainer = func(*logrus.Logger, string) ContainerRunner { return nil }
		if _, err = Build(t.Context(), opts); (err == nil) != step.works {
			t.Fatalf("error %v, want one: %t", err, !step.works)
		}
		if exists := files.Exists(left); exists == step.works {
			t.Errorf("%s exists: %t, want %t", left, exists, !step.works)
		}
	}
}
