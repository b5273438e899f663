// Package work has the handlers that are measured in several programs: as a library in Python, as an ordinary
// bootstrap, and behind HTTP, a pipe and a C function.
package work

import (
	"encoding/json"
	"fmt"
	"os"
)

// Selected returns the handler that the variable EVENT names. bench/internal/functions/events/index.py has the same
// ones in Python.
func Selected() any {
	handlers := map[string]any{
		"echo":  func(event json.RawMessage) (json.RawMessage, error) { return event, nil },
		"proxy": proxy, "http": http, "queue": queue, "stream": stream, "table": table, "objects": objects,
		"origin": origin,
		"sha256": each(hash), "gzip": each(compress), "transform": each(transform), "regexp": each(search),
	}
	name := os.Getenv("EVENT")
	if handlers[name] == nil {
		fmt.Fprintf(os.Stderr, "EVENT=%s is not the name of a handler\n", name)
		os.Exit(1)
	}
	return handlers[name]
}
