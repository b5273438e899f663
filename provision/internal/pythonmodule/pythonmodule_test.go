package pythonmodule

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
)

// pack makes a zip of empty files.
func pack(t *testing.T, names ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "package.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	writer := zip.NewWriter(file)
	for _, name := range names {
		if _, err := writer.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestModulesOfHandlers(t *testing.T) {
	pkg := Package{
		Zip: pack(t, "index.py", "app.py", "shop/cart.py", "whole/__init__.py", "empty/data.txt", "old.pyc",
			"apple.txt",
			"compiled.cpython-313-x86_64-linux-gnu.so"),
		Layer: pack(t, "python/packed/main.py", "python/app2.py"),
	}
	own := []any{cloudformation.Ref(pythonlayer.LogicalID)}
	for name, test := range map[string]struct {
		handler    string
		properties map[string]any
		missing    string
	}{
		"Go's":                        {handler: "index.Anything"},
		"a module":                    {handler: "app.handle"},
		"a module of a folder":        {handler: "shop.cart.handle"},
		"a module written as a path":  {handler: "shop/cart.handle"},
		"a folder":                    {handler: "whole.handle"},
		"an extension module":         {handler: "compiled.handle"},
		"a compiled module":           {handler: "old.handle"},
		"a module of the layer":       {handler: "packed.main.handle", properties: map[string]any{"Layers": own}},
		"no such module":              {handler: "ap.handle", missing: "ap"},
		"no such module in a folder":  {handler: "shop.till.handle", missing: "shop.till"},
		"a folder without modules":    {handler: "empty.handle", missing: "empty"},
		"a file that is not a module": {handler: "apple.handle", missing: "apple"},
		"not in the own layer either": {
			handler: "other.handle", properties: map[string]any{"Layers": own}, missing: "other",
		},
		"perhaps in another layer": {
			handler: "other.handle", properties: map[string]any{"Layers": append([]any{"arn:x"}, own...)},
		},
		"perhaps on Python's path": {handler: "other.handle", properties: map[string]any{
			"Environment": map[string]any{"Variables": map[string]any{"PYTHONPATH": "/mnt/code"}},
		}},
		"with other variables": {handler: "other.handle", missing: "other", properties: map[string]any{
			"Environment": map[string]any{"Variables": map[string]any{"TABLE": "x"}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			function := &cloudformation.Resource{Properties: map[string]any{"Handler": test.handler}}
			for key, value := range test.properties {
				function.Properties[key] = value
			}
			err := pkg.check(function)
			want := "the package has no Python module " + test.missing + " for the handler " + test.handler
			if test.missing == "" {
				want = "no error"
			}
			if !strings.Contains(fmt.Sprint(cmp.Or(err, errors.New("no error"))), want) {
				t.Errorf("error is %v\n    want %s", err, want)
			}
		})
	}
}
