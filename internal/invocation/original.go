package invocation

import (
	"encoding/json"
	"fmt"
)

// OriginalHandler is the Handler of all functions of an unchanged application of the original Sparta.
const OriginalHandler = "index.handler"

// Original is a function of such an application.
type Original struct {
	Name      string   // that users choose it by
	Function  string   // its name in AWS, by which the application knows what to run
	Variables []string // of its environment, as NAME=value
	Unknown   []string // names of those whose values only a deployed stack has

	MemorySize int64 // in MB; 0 means the default
	Timeout    int64 // in seconds; 0 means the default
}

// ChooseOriginal returns a function of those that a JSON document lists. If there is only one, its name may be omitted.
func ChooseOriginal(document []byte, name string) (Original, error) {
	var functions []Original
	if err := json.Unmarshal(document, &functions); err != nil {
		return Original{}, fmt.Errorf("read the names of the functions: %w", err)
	}
	names := make([]string, len(functions))
	for i, function := range functions {
		names[i] = function.Name
	}
	i, err := Function(names, name, "-function")
	if err != nil {
		return Original{}, err
	}
	return functions[i], nil
}
