package provision_test

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// layer makes the zip of a layer with a Python module.
func (d *deployment) layer(content string) string {
	d.t.Helper()
	path := filepath.Join(d.options.Workspace, "Tested.packages.zip")
	file, err := os.Create(path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	writer := zip.NewWriter(file)
	out, err := writer.Create("python/packed.py")
	if err == nil {
		_, err = out.Write([]byte(content))
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return path
}

// layerVersion is a version of a layer, as the AWS CLI shows it.
type layerVersion struct {
	LayerVersionArn         string
	Version                 int
	CompatibleRuntimes      []string
	CompatibleArchitectures []string
}

func (d *deployment) layerVersions() []layerVersion {
	d.t.Helper()
	var list struct{ LayerVersions []layerVersion }
	d.account.CLI(d.t, &list, "lambda", "list-layer-versions", "--layer-name", "Tested-python")
	return list.LayerVersions
}

// deployedLayers are the layers of the deployed function.
func (d *deployment) deployedLayers() []string {
	d.t.Helper()
	var function struct{ Layers []struct{ Arn string } }
	d.account.CLI(d.t, &function, "lambda", "get-function-configuration", "--function-name", "Tested-hello")
	var arns []string
	for _, layer := range function.Layers {
		arns = append(arns, layer.Arn)
	}
	return arns
}

// TestTheLayerOfPythonPackages deploys a layer, keeps it while the packages are the same, replaces it when they change,
// and removes it.
func TestTheLayerOfPythonPackages(t *testing.T) {
	d := newDeployment(t)
	d.pkg.Layer = d.layer("version = 1\n")
	d.options.NoOp = true
	d.must()
	if !strings.Contains(d.stdout.String(), "PythonPackagesLayer") {
		t.Errorf("the preview lacks the layer:\n%s", d.stdout)
	}
	d.options.NoOp = false
	d.must()
	first := d.layerVersions()
	if len(first) != 1 || first[0].CompatibleRuntimes[0] != "python3.13" ||
		first[0].CompatibleArchitectures[0] != "x86_64" {
		t.Fatalf("the layer's versions are %+v", first)
	}
	if got := d.deployedLayers(); len(got) != 1 || got[0] != first[0].LayerVersionArn {
		t.Errorf("the function has the layers %v, want %s", got, first[0].LayerVersionArn)
	}

	d.proxy.Reset()
	if result := d.must(); result.Changed || d.proxy.Uploaded() != 0 {
		t.Errorf("the second time: %+v, %d bytes uploaded", result, d.proxy.Uploaded())
	}
	d.pack("Bye")
	if result := d.mustWithLayer(t, d.layer("version = 1\n")); !result {
		t.Error("another package is not deployed")
	}
	if got := d.layerVersions(); len(got) != 1 || got[0].Version != first[0].Version {
		t.Errorf("with the same packages, the layer's versions are %+v", got)
	}

	if !d.mustWithLayer(t, d.layer("version = 2\n")) {
		t.Error("other packages are not deployed")
	}
	second := d.layerVersions()
	if len(second) != 1 || second[0].LayerVersionArn == first[0].LayerVersionArn {
		t.Errorf("after a change, the layer's versions are %+v, before %+v", second, first)
	}
	if got := d.deployedLayers(); len(got) != 1 || got[0] != second[0].LayerVersionArn {
		t.Errorf("after a change, the function has the layers %v, want %+v", got, second)
	}

	d.pkg.Layer = ""
	d.must()
	if got, versions := d.deployedLayers(), d.layerVersions(); len(got)+len(versions) != 0 {
		t.Errorf("without packages: layers %v of the function, versions %v", got, versions)
	}
}

// mustWithLayer deploys with a layer, and reports whether anything has changed.
func (d *deployment) mustWithLayer(t *testing.T, path string) bool {
	t.Helper()
	d.pkg.Layer = path
	return d.must().Changed
}

// TestHandlersWithoutAModule deploys nothing whose handler's module is missing.
func TestHandlersWithoutAModule(t *testing.T) {
	for name, test := range map[string]struct{ handler, want string }{
		"in neither place":        {"app.handle", "function hello: the package has no Python module app for"},
		"in the layer":            {"packed.handle", ""},
		"added by a hook's layer": {"other.handle", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeployment(t)
			d.options.NoOp = true
			d.pkg.Layer = d.layer("version = 1\n")
			hello := d.service.Functions[0]
			hello.Options = &sparta.LambdaFunctionOptions{Handler: test.handler}
			if test.handler == "other.handle" {
				hello.Decorator = func(_ context.Context, w *sparta.Workflow) error {
					w.Resource.Properties["Layers"] = []any{"arn:aws:lambda:us-east-1:123456789012:layer:a:1"}
					return nil
				}
			}
			_, err := d.run()
			if test.want == "" && err != nil || test.want != "" && !strings.Contains(fmt.Sprint(err), test.want) {
				t.Errorf("error is %v\n    want %q", err, test.want)
			}
		})
	}
}

func TestLayersThatAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*deployment)
		want   string
	}{
		"for edge locations": {
			func(d *deployment) { d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Edge: true} },
			"Lambda@Edge does not allow layers",
		},
		"for a pipeline": {
			func(d *deployment) { d.options.NoOp, d.options.HandOver = true, true },
			"a pipeline deploys no layer: clear SPARTA_REQUIREMENTS_LAYER",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeployment(t)
			d.pkg.Layer = d.layer("version = 1\n")
			test.change(d)
			if _, err := d.run(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
