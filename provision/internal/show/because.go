package show

import "strings"

// Because appends a reason where there is one.
func Because(reason *string) string {
	if reason == nil || strings.TrimSpace(*reason) == "" {
		return ""
	}
	return " (" + strings.TrimSpace(*reason) + ")"
}
