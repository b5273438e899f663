package console

import (
	"fmt"
	"io"
	"os"
)

// noFileError is the error of what cannot be read as a file.
type noFileError struct{ limit int64 }

func (e *noFileError) Error() string { return fmt.Sprintf("not a file of at most %d bytes", e.limit) }

// readFile reads a file without following links out of the folder. Anything else is not even opened: a pipe would have
// the console wait until somebody writes to it.
func readFile(root *os.Root, name string, limit int64) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, &noFileError{limit}
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit))
}
