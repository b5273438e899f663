package original

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/invocation"
)

// Local describes the functions for runs on this machine.
func (s *Service) Local() []invocation.Original {
	var functions []invocation.Original
	for i, name := range slices.Sorted(maps.Keys(s.Existing.Functions)) {
		options := s.Functions[i].Options // they are in the same order
		info := map[string]any{
			"ResourceID": s.Existing.Functions[name].LogicalID,
			"StackName":  s.Name,
			"Resources":  map[string]any{},
		}
		text, _ := json.Marshal(info) // cannot fail
		functions = append(functions, invocation.Original{
			Name:      name,
			Function:  s.Existing.FunctionName(s.Name, name, name),
			Variables: []string{"SPARTA_DISCOVERY_INFO=" + base64.StdEncoding.EncodeToString(text)},

			MemorySize: options.MemorySize,
			Timeout:    options.Timeout,
		})
	}
	return functions
}
