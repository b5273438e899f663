//go:build lambdabinary && !sparta_nocommands

package sparta

// ParseOptions does nothing in Lambda, where there is no command line.
func ParseOptions(CommandLineOptionsHook) error { return nil }
