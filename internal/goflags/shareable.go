package goflags

import "strings"

// Shareable returns the linker flags of a build as others may see them: without the values that -X sets, which may be
// secret, and without paths of this machine.
func Shareable(ldflags string) []string {
	fields, err := Split(redactLinker(ldflags))
	if err != nil {
		return []string{"…"}
	}
	for i, field := range fields {
		name, value, assigned := strings.Cut(field, "=")
		switch isX := strings.TrimLeft(name, "-") == "X"; {
		case isX, i > 0 && strings.TrimLeft(fields[i-1], "-") == "X":
		case assigned && strings.HasPrefix(field, "-") && strings.ContainsAny(value, `/\`):
			fields[i] = name + "=…"
		case !strings.HasPrefix(field, "-"), !assigned && strings.ContainsAny(field, `/\ `):
			fields[i] = "…"
		}
	}
	return fields
}
