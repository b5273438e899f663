package invocation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/commandline"
)

// OriginalHandler is the Handler of all functions of an unchanged application of the original Sparta.
const OriginalHandler = "index.handler"

// Original is a function of such an application.
type Original struct {
	Function  string   // its name in AWS, by which the application knows what to run
	Variables []string // of its environment, as NAME=value
	Stage     string   // the package's folder if that is not the one of the build
}

// original is the part of localservice.Service that Original needs. It is repeated here because magefiles, which import
// this package, would have to compile package sparta for that one.
type original struct {
	Stage     string
	Functions []struct {
		Description struct{ Name string }
		Name        string
		Variables   map[string]string
		Settings    []string
	}
}

// ChooseOriginal returns a function of those that the deploy program has described. If there is only one, its name may
// be omitted.
func ChooseOriginal(output []byte, name string) (Original, error) {
	_, text, found := bytes.Cut(output, []byte(commandline.LocalServiceMark))
	if !found {
		return Original{}, errors.New("describe the functions: there is no description")
	}
	var service original
	if err := json.Unmarshal(text, &service); err != nil {
		return Original{}, fmt.Errorf("read the description of the functions: %w", err)
	}
	var names []string
	for _, function := range service.Functions {
		names = append(names, function.Description.Name)
	}
	i, err := Function(names, name, "-function")
	if err != nil {
		return Original{}, err
	}
	chosen := service.Functions[i]
	one := Original{Function: chosen.Name, Stage: service.Stage}
	for _, variable := range slices.Sorted(maps.Keys(chosen.Variables)) {
		one.Variables = append(one.Variables, variable+"="+chosen.Variables[variable])
	}
	one.Variables = append(one.Variables, chosen.Settings...)
	return one, nil
}
