//go:build !lambdabinary

package cgo

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-sparta/sparta/internal/cobraflags"
)

// addCompletions lets the shell complete values of flags, and names of functions.
func (s service) addCompletions(root *cobra.Command) {
	cobraflags.AddCompletions(root)
	var names []string
	for _, function := range s.functions {
		if function != nil {
			names = append(names, function.Name())
		}
	}
	for _, command := range root.Commands() {
		if command.Flags().Lookup("function") != nil {
			cobraflags.Complete(command, "function", names...)
		}
	}
}

// programName returns the name under which a shell starts the program.
func programName() string {
	return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
}
