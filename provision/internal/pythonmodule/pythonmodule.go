// Package pythonmodule checks that the package of a function has the Python module of its handler.
package pythonmodule

import (
	"archive/zip"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
)

// Package is where Python finds modules.
type Package struct {
	Zip   string // path of the functions' package
	Layer string // path of the layer with Python packages; empty means none
}

// Check returns an error if the package lacks the module of a function's handler. Of the functions in the template, ids
// has the logical IDs by name.
func (p Package) Check(template *cloudformation.Template, ids map[string]string) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(ids)) {
		if function := template.Resources[ids[name]]; function != nil {
			if err := p.check(function); err != nil {
				errs = append(errs, fmt.Errorf("function %s: %w", name, err))
			}
		}
	}
	return errors.Join(errs...)
}

// check returns an error if neither the package nor its layer has the module of the function's handler. It returns nil
// if the module may come from another layer or from a folder of PYTHONPATH.
func (p Package) check(function *cloudformation.Resource) error {
	handler, _ := function.Properties["Handler"].(string)
	module := strings.ReplaceAll(handler[:max(0, strings.LastIndexByte(handler, '.'))], ".", "/")
	if module == "" || module == "index" || foreign(function.Properties) {
		return nil
	}
	for archive, folder := range map[string]string{p.Zip: "", p.Layer: "python"} {
		if archive == "" {
			continue
		}
		found, err := has(archive, path.Join(folder, module))
		if found || err != nil {
			return err
		}
	}
	return fmt.Errorf("the package has no Python module %s for the handler %s: add %s.py to the folder of "+
		"SPARTA_PYTHON_DIR, or correct the option Handler", strings.ReplaceAll(module, "/", "."), handler, module)
}

// foreign reports whether a function may import modules that are not in its package.
func foreign(properties map[string]any) bool {
	layers, ok := properties["Layers"].([]any)
	other := func(layer any) bool { return layer != any(cloudformation.Ref(pythonlayer.LogicalID)) }
	if !ok && properties["Layers"] != nil || slices.ContainsFunc(layers, other) {
		return true
	}
	environment, _ := properties["Environment"].(map[string]any)
	variables, ok := environment["Variables"].(map[string]any)
	return !ok && properties["Environment"] != nil || variables["PYTHONPATH"] != nil
}

// has reports whether a zip has a module, in one of the forms in which Python finds it.
func has(archive, module string) (bool, error) {
	reader, err := zip.OpenReader(archive)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", archive, err)
	}
	defer reader.Close()
	for _, file := range reader.File {
		form, ok := strings.CutPrefix(file.Name, module)
		form = strings.TrimPrefix(form, "/__init__") // of a module that is a folder
		extension := strings.HasPrefix(form, ".") && !strings.Contains(form, "/") && strings.HasSuffix(form, ".so")
		if ok && (form == ".py" || form == ".pyc" || extension) {
			return true, nil
		}
	}
	return false, nil
}
