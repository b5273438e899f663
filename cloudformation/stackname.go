package cloudformation

import (
	"os"
	"strings"
)

// UserScopedStackName returns a stack name for the user who deploys it: basename, a hyphen and the user's name, so that
// each member of a team has their own stack. Characters that stack names cannot have become hyphens. If no user is
// known, as in Lambda, it returns only basename.
func UserScopedStackName(basename string) string {
	for _, variable := range []string{"USER", "LOGNAME", "USERNAME"} {
		if user := os.Getenv(variable); user != "" {
			return ScopedStackName(basename, user)
		}
	}
	return basename
}

// ScopedStackName returns a stack name that consists of basename, a hyphen and a scope: a user, a branch or an
// environment. Characters of the scope that stack names cannot have become hyphens.
func ScopedStackName(basename, scope string) string {
	scope = strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return '-'
	}, scope)
	return basename + "-" + scope
}
