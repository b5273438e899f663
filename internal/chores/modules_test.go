package chores

import (
	"io"
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

func TestModulesAreNamedWithTheirVersions(t *testing.T) {
	err := FetchModules(t.Context(), []string{"github.com/aws/aws-lambda-go"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "name a version") {
		t.Errorf("got %v", err)
	}
}
