package scaffold

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/go-sparta/sparta/internal/progress"
)

// Run makes an application, and writes what to type next to stdout. If stdin and stderr are a terminal, it asks for
// what the options lack.
func Run(ctx context.Context, options Options, stdin io.Reader, stdout, stderr io.Writer) error {
	in, isFile := stdin.(*os.File)
	out, areFiles := stderr.(*os.File)
	if isFile && areFiles && progress.IsTerminal(in) && progress.IsTerminal(out) {
		var err error
		if options, err = NewTerminal(in, out).Ask(ctx, options); err != nil {
			return err
		}
	}
	result, err := New(ctx, options)
	if err != nil {
		return err
	}
	return result.Write(stdout)
}

// Write writes what was made, and the commands to type next.
func (r Result) Write(out io.Writer) error {
	text := fmt.Sprintf("%s/: module %s", r.Folder, r.Module)
	if r.Template != "" {
		text += ", template " + r.Template
	}
	text += "\n"
	if r.Clone != "" {
		text += "Its go.mod names a clone of github.com/go-sparta/sparta: " + r.Clone + "\n"
	}
	text += "\n"
	for _, command := range r.Commands {
		text += "    " + command + "\n"
	}
	_, err := io.WriteString(out, text)
	return err
}
