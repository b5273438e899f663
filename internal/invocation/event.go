// Package invocation reads what users specify for an invocation: its event, its function, the function's
// variables.
package invocation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// maxEvent is Lambda's limit of a synchronous invocation's payload, in bytes.
const maxEvent = 6 << 20

// Event returns the JSON of an event: the argument of a flag, the content of a file (@file), or standard input
// (-).
func Event(argument, flag string, stdin io.Reader) ([]byte, error) {
	event, from, err := []byte(argument), flag, error(nil)
	switch {
	case argument == "-":
		from = "standard input"
		event, err = io.ReadAll(stdin)
	case strings.HasPrefix(argument, "@"):
		from = argument[1:]
		event, err = os.ReadFile(from)
	}
	if err != nil {
		return nil, fmt.Errorf("read the event: %w; %s is JSON, @file or - for standard input", err, flag)
	}
	event = files.Text(event)
	if len(event) > maxEvent {
		return nil, fmt.Errorf("the event of %s has %d bytes, but Lambda accepts at most %d: "+
			"put the data into S3, for example, and send its address", from, len(event), maxEvent)
	}
	// The error's text says what is wrong and where, without quoting the event.
	if err := json.Unmarshal(event, new(json.RawMessage)); err != nil {
		syntax := new(json.SyntaxError)
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("the event of %s is not JSON: %w (at byte %d); for example "+
				"%[4]s='{\"name\":\"Ada\"}', %[4]s=@event.json or %[4]s=-", from, err, syntax.Offset, flag)
		}
		return nil, fmt.Errorf("the event of %s is not JSON: %w", from, err)
	}
	return event, nil
}
