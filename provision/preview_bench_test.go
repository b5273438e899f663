package provision

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

// BenchmarkPreview renders 40 functions, 60 routes and a site of 500 files without an account.
func BenchmarkPreview(b *testing.B) {
	var functions []*sparta.LambdaAWSInfo
	for i := range 40 {
		functions = append(functions, newInfo(b, fmt.Sprintf("function%d", i), sparta.IAMRoleDefinition{}))
	}
	w := newPreview(b, functions...)
	w.noAWS = connection.ErrNoRegion
	w.options.S3Bucket = "packages-of-mine"
	w.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	for i := range 60 {
		resource, err := w.service.API.NewResource(fmt.Sprintf("/items%d/{id}", i), functions[i%len(functions)])
		if err == nil {
			_, err = resource.NewMethod(http.MethodGet, http.StatusOK, http.StatusNotFound)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	w.service.Site = &sparta.S3Site{Dir: b.TempDir()}
	content := []byte(strings.Repeat("<p>An article of an ordinary length.</p>\n", 250)) // 10 KB
	for i := range 500 {
		name := fmt.Sprintf("article%d.html", i)
		if i == 0 {
			name = "index.html"
		}
		if err := os.WriteFile(filepath.Join(w.service.Site.Dir, name), content, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		w.must()
	}
}
