package cloudformation

import (
	"os"
	"strings"
)

// UserScopedStackName is a stack's name for the user who deploys it: the name, a hyphen and the user's, so that each
// member of a team has a stack of their own. Characters that stacks' names cannot have become hyphens. Where no user is
// known, as in Lambda, it is the name alone.
func UserScopedStackName(basename string) string {
	for _, variable := range []string{"USER", "LOGNAME", "USERNAME"} {
		if user := os.Getenv(variable); user != "" {
			return ScopedStackName(basename, user)
		}
	}
	return basename
}

// ScopedStackName is a stack's name with something behind it: a user, a branch or an environment. Characters that
// stacks' names cannot have become hyphens.
func ScopedStackName(basename, scope string) string {
	scope = strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return '-'
	}, scope)
	return basename + "-" + scope
}
