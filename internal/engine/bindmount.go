package engine

import "strings"

// BindMount returns the value of --mount, a CSV record, for a path that is the same inside and outside. Unlike that of
// -v, it can contain paths with colons and, in quotes, with commas; and a source that does not exist is an error,
// instead of becoming a folder that root owns.
func BindMount(path string, options ...string) string {
	source, target := "source="+path, "target="+path
	if strings.ContainsAny(path, ",\"\r\n") {
		quoted := strings.ReplaceAll(path, `"`, `""`)
		source, target = `"source=`+quoted+`"`, `"target=`+quoted+`"`
	}
	return strings.Join(append([]string{"type=bind", source, target}, options...), ",")
}
