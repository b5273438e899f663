package progress

import (
	"os"
	"slices"
)

// IsTerminal reports whether a file is a terminal.
func IsTerminal(file *os.File) bool { return isTerminal(file) }

// IsInteractive reports whether a file is a terminal that somebody looks at and that interprets escape sequences: not
// in CI, and not if TERM is dumb.
func IsInteractive(file *os.File) bool {
	return os.Getenv("TERM") != "dumb" && slices.Contains([]string{"", "0", "false"}, os.Getenv("CI")) &&
		isTerminal(file) && interprets(file)
}

// WantsColor reports whether the user has not turned colors off: https://no-color.org.
func WantsColor() bool { return os.Getenv("NO_COLOR") == "" }

// Width returns the columns of a terminal.
func Width(file *os.File) int {
	const usual = 80
	if columns := width(file); columns > 0 {
		return columns
	}
	return usual
}
