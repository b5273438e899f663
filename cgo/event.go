//go:build !lambdabinary

package cgo

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// readEvent gives the event as JSON: the argument itself, @file, or - for stdin.
func readEvent(argument string, stdin io.Reader) ([]byte, error) {
	event, source := []byte(argument), "--event"
	var err error
	if path, ok := strings.CutPrefix(argument, "@"); ok {
		event, err = os.ReadFile(path)
		source = path
	} else if argument == "-" {
		event, err = io.ReadAll(stdin)
		source = "stdin"
	}
	if err != nil {
		return nil, fmt.Errorf("read event: %w", err)
	}
	// The error's text says what is wrong and where, without quoting the event.
	if err := json.Unmarshal(event, new(json.RawMessage)); err != nil {
		return nil, fmt.Errorf("event from %s is not JSON: %w", source, err)
	}
	return event, nil
}
