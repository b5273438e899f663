package gobuild

import "strings"

// WithoutBuildID keeps Go's build ID out of the library. It is a hash of what the
// compiler read, including the path of the sources' folder, which the rewritten
// source names: in another folder, the same sources would become another library.
func WithoutBuildID(ldflags string) string {
	if strings.Contains(ldflags, "-buildid") {
		return ldflags
	}
	return strings.TrimSpace(ldflags + " -buildid=")
}
