package httpapi

import (
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// Statements returns what a function's own role must allow because of an API: to send messages to the clients of a
// WebSocket API that invokes it. The list functions has the names of the service's functions.
func Statements(api *sparta.API, function string, functions []string) []map[string]any {
	if !isWebSocket(api) {
		return nil
	}
	for _, route := range api.Routes {
		if route != nil && apipart.FunctionOf(route.FunctionName(), functions) == function {
			return []map[string]any{{
				"Effect":   "Allow",
				"Action":   []string{"execute-api:ManageConnections"},
				"Resource": api.ConnectionsArn(),
			}}
		}
	}
	return nil
}
