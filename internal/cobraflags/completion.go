package cobraflags

import "github.com/spf13/cobra"

// AddCompletions lets the shell complete the values of flags that accept only a few.
func AddCompletions(root *cobra.Command) {
	for _, command := range append(root.Commands(), root) {
		Complete(command, "level", "debug", "info", "warn", "error")
		Complete(command, "format", "text", "json")
		Complete(command, "builder", "auto", "docker", "host")
		Complete(command, "goarch", "amd64", "arm64")
		Complete(command, "vulncheck", "true", "warn", "false")
	}
}

// Complete lets the shell complete a flag's values, if the command has the flag.
func Complete(command *cobra.Command, flag string, values ...string) {
	if command.Flags().Lookup(flag) == nil && command.PersistentFlags().Lookup(flag) == nil {
		return
	}
	_ = command.RegisterFlagCompletionFunc(flag, // which fails if the flag does not exist
		func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return values, cobra.ShellCompDirectiveNoFileComp
		})
}
