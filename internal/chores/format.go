package chores

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// Format lists the Go files that gofumpt would change. It passes files, because in folders, gofumpt would also format
// the workspaces, which contain other code.
func Format(ctx context.Context, out io.Writer) error {
	files, err := Find(".", "*.go")
	if err != nil {
		return err
	}
	var unformatted bytes.Buffer
	if err := Tool(append([]string{"gofumpt", "-l"}, files...)...).Run(ctx, &unformatted, out); err != nil {
		return err
	}
	if unformatted.Len() > 0 {
		unformatted.WriteTo(out)
		return errors.New("not formatted: run `go tool -modfile=tools/go.mod gofumpt -w .`")
	}
	return nil
}
