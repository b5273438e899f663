package chores

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMinimumsOfPackages(t *testing.T) {
	var out strings.Builder
	if err := Minimums(t.Context(), []string{"github.com/go-sparta/sparta/sparta"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"\tgo 1.", "\tgithub.com/aws/aws-lambda-go v1."} {
		if strings.Count(out.String(), part) != 1 {
			t.Errorf("want %q once in\n%s", part, out.String())
		}
	}
	if strings.Contains(out.String(), "aws-sdk-go") {
		t.Errorf("package sparta requires the AWS SDK:\n%s", out.String())
	}
}

func TestTheModulesOfAnArchiveAreFetched(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "app.txtar")
	fetch := func(required string) (string, error) {
		content := "-- go.mod --\nmodule example.com/app\n\ngo 1.21\n" + required + "-- main.go --\npackage main\n" +
			"\nimport _ \"example.com/nowhere\"\n\nfunc main() {}\n" +
			"-- nowhere/go.mod --\nmodule example.com/nowhere\n-- nowhere/nowhere.go --\npackage nowhere\n"
		if err := os.WriteFile(archive, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		err := FetchArchive(t.Context(), archive, &out)
		return out.String(), err
	}
	required := "require example.com/nowhere v0.0.0\nreplace example.com/nowhere => ./nowhere\n"
	if out, err := fetch(required); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := fetch(""); err == nil || !strings.Contains(out, "example.com/nowhere") {
		t.Errorf("got %v: %s", err, out)
	}
}

func TestModulesAreNamedWithTheirVersions(t *testing.T) {
	err := FetchModules(t.Context(), []string{"github.com/aws/aws-lambda-go"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "name a version") {
		t.Errorf("got %v", err)
	}
}
