package invocation

import (
	"bytes"
	"encoding/json"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/progress"
)

// WriteAnswer writes what a function has answered. JSON gets a line break at its end, which does not change what it
// means. Anything else, such as an image, is written unchanged, with a line break only on a terminal.
func WriteAnswer(out io.Writer, payload []byte) error {
	if file, ok := out.(*os.File); json.Valid(payload) || ok && progress.IsTerminal(file) {
		payload = append(bytes.TrimRight(payload, "\n"), '\n')
	}
	_, err := out.Write(payload)
	return err
}
