package invocation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/internal/commandline"
)

// ChooseDescribed returns the Handler and the name of a function of a Sparta application, which has described itself in
// its output. If there is only one function, its name may be omitted.
func ChooseDescribed(output []byte, name string) (handler, function string, err error) {
	var service struct {
		Functions []struct {
			Description struct{ Name, Handler string }
		}
	}
	err = errors.New("the application has ended without describing its functions: main must call cgo.Main")
	for line := range bytes.Lines(output) {
		if text, found := bytes.CutPrefix(line, []byte(commandline.LocalServiceMark)); found {
			err = json.Unmarshal(text, &service)
			break
		}
	}
	if err != nil {
		return "", "", fmt.Errorf("read the description of the functions: %w", err)
	}
	names := make([]string, len(service.Functions))
	for i, one := range service.Functions {
		names[i] = one.Description.Name
	}
	i, err := Function(names, name, "-function")
	if err != nil {
		return "", "", err
	}
	return service.Functions[i].Description.Handler, names[i], nil
}
