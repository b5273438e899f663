package product

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/otiai10/copy"

	"github.com/go-sparta/sparta/internal/testrequire"
)

const reporterMod = "module example.com/reporter\n\ngo 1.20\n\nrequire github.com/aws/aws-lambda-go v1.46.0\n"

// A library's dependencies have the versions that the application's module selects, wherever they come from.
// The application is written for Go 1.20, because with another go line it would give another answer.
func TestWhereVersionsComeFrom(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "modules")
	t.Parallel()
	lambda := filepath.Join(goEnv()["GOMODCACHE"], "github.com", "aws", "aws-lambda-go@v1.46.0")
	older := strings.Replace(reporterMod, "1.46.0", "1.31.0", 1)
	for name, c := range map[string]struct {
		change func(t *testing.T, p *project) (variables []string)
		want   string // part of the answer
	}{
		"a workspace": {func(t *testing.T, p *project) []string {
			p.write(t, "../go.work", "go 1.26\n\ngodebug default=go1.22\n\nuse ./app\n")
			return nil
		}, `"timers":1`},
		"a workspace with a replacement": {func(t *testing.T, p *project) []string {
			copyTree(t, lambda, filepath.Join(p.dir, "..", "lambda"))
			p.write(t, "../go.work", "go 1.26\n\nuse ./app\n\nreplace github.com/aws/aws-lambda-go => ./lambda\n")
			return nil
		}, `aws-lambda-go v1.46.0 replaced by ./lambda`},
		"a workspace around the working directory": {func(t *testing.T, p *project) []string {
			p.write(t, "../go.work", "go 1.26\n\nuse ./app\n")
			p.dir = filepath.Dir(p.dir)
			return []string{"SPARTA_PACKAGE=./app"}
		}, `"loops":[3,3,3]`},
		"vendor": {func(t *testing.T, p *project) []string {
			p.run(t, nil, "go", "mod", "vendor")
			return []string{"GOMODCACHE=" + filepath.Join(p.dir, "..", "empty")}
		}, `"loops":[3,3,3]`},
		"vendor of a workspace": {func(t *testing.T, p *project) []string {
			p.write(t, "../go.work", "go 1.26\n\nuse ./app\n")
			p.run(t, nil, "go", "work", "vendor")
			return []string{"GOMODCACHE=" + filepath.Join(p.dir, "..", "empty")}
		}, `"loops":[3,3,3]`},
		"a vendor folder that GOFLAGS excludes": {func(t *testing.T, p *project) []string {
			p.run(t, nil, "go", "mod", "vendor")
			entry := filepath.Join(p.dir, "vendor", "github.com", "aws", "aws-lambda-go", "lambda", "entry.go")
			if err := os.Remove(entry); err != nil {
				t.Fatal(err)
			}
			return []string{"GOFLAGS=-mod=mod"}
		}, `"loops":[3,3,3]`},
		"a relative replacement": {func(t *testing.T, p *project) []string {
			copyTree(t, lambda, filepath.Join(p.dir, "..", "lambda"))
			p.write(t, "go.mod", reporterMod+"\nreplace github.com/aws/aws-lambda-go => ../lambda\n")
			return nil
		}, `aws-lambda-go v1.46.0 replaced by ../lambda`},
		"an absolute replacement": {func(t *testing.T, p *project) []string {
			replacement := filepath.Join(p.dir, "..", "lambda")
			copyTree(t, lambda, replacement)
			p.write(t, "go.mod", reporterMod+"\nreplace github.com/aws/aws-lambda-go => "+replacement+"\n")
			return nil
		}, "/lambda"},
		"GOFLAGS=-modfile": {func(t *testing.T, p *project) []string {
			p.write(t, "go.mod", older)
			p.run(t, []string{"GOFLAGS=-mod=mod"}, "go", "list", "-deps", ".")
			for from, to := range map[string]string{"go.mod": "../alt.mod", "go.sum": "../alt.sum"} {
				p.write(t, to, p.read(t, from))
			}
			p.write(t, "go.mod", reporterMod)
			return []string{"GOFLAGS=-modfile=../alt.mod"}
		}, `aws-lambda-go v1.31.0`},
		"GOFLAGS=-mod=mod": {func(t *testing.T, p *project) []string {
			return []string{"GOFLAGS=-mod=mod"}
		}, `aws-lambda-go v1.46.0`},
		"C code": {func(t *testing.T, p *project) []string {
			p.write(t, "c.go", `package main

// static int three(void) { return 3; }
import "C"

var _ = C.three()
`)
			return nil
		}, `"loops":[3,3,3]`},
		// The Runtime API on loopback also works with the ServeMux of Go 1.20, whose patterns have no methods.
		"a Start in a vendored dependency": {func(t *testing.T, p *project) []string {
			p.write(t, "../frame/go.mod", strings.Replace(reporterMod, "reporter", "frame", 1))
			p.write(t, "../frame/frame.go", `package frame

import "github.com/aws/aws-lambda-go/lambda"

func Start(h interface{}) { lambda.Start(h) }
`)
			p.write(t, "go.mod", reporterMod+`
require example.com/frame v0.0.0

replace example.com/frame => ../frame
`)
			useFrame := strings.NewReplacer(
				"github.com/aws/aws-lambda-go/lambda", "example.com/frame",
				"lambda.Start(", "frame.Start(",
			)
			p.write(t, "main.go", useFrame.Replace(p.read(t, "main.go")))
			p.run(t, nil, "go", "mod", "vendor")
			return nil
		}, "example.com/frame v0.0.0 replaced by ../frame"},
		"aws-lambda-go's own module": {func(t *testing.T, p *project) []string {
			main := p.read(t, "main.go")
			p.dir = filepath.Join(p.dir, "..", "lambda")
			copyTree(t, lambda, p.dir)
			p.write(t, "cmd/reporter/main.go", main)
			p.dir = filepath.Join(p.dir, "cmd", "reporter")
			return nil
		}, "github.com/aws/aws-lambda-go (devel)"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newReporter(t, reporterMod)
			root := filepath.Dir(p.dir)
			variables := c.change(t, &p)
			pattern := "."
			for _, variable := range variables {
				if value, found := strings.CutPrefix(variable, "SPARTA_PACKAGE="); found {
					pattern = value
				}
			}
			want := p.plainAnswer(t, pattern, variables...)
			if !strings.Contains(want, c.want) {
				t.Fatalf("the program of go build answers %s, want %s in it", want, c.want)
			}
			before, err := readTree(root)
			if err != nil {
				t.Fatal(err)
			}
			p.expect(t, want, variables...)
			t.Run("in a container", func(t *testing.T) {
				testrequire.Need(t, "docker")
				p.expect(t, want, append(variables, "SPARTA_BUILDER=docker")...)
			})
			after, err := readTree(root)
			if err != nil {
				t.Fatal(err)
			}
			if difference := compareTrees(before, after); difference != "" {
				t.Errorf("the application's folder has changed:\n%s", difference)
			}
		})
	}
}

// copyTree copies a folder. The copy can be changed, even if the folder is of the module cache, which is read-only.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if err := copy.Copy(from, to, copy.Options{PermissionControl: copy.AddPermission(0o200)}); err != nil {
		t.Fatal(fmt.Errorf("copy %s: %w", from, err))
	}
}
