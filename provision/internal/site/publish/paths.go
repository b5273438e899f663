package publish

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/site"
)

const (
	maxPaths   = 15 // of an invalidation: more paths cost more than one pattern for all
	everything = "/*"
)

// paths are what CloudFront has to forget: the paths of what has changed, or everything.
func (p plan) paths(documents site.Documents) []string {
	var paths []string
	for _, key := range p.stale {
		// The error document may be cached under any path. CloudFront does not invalidate paths with a tilde, and
		// refuses others or leaves open how they are written.
		if key == documents.Error || strings.ContainsAny(key, "~@+") {
			return []string{everything}
		}
		paths = append(paths, escaped(key))
		if path.Base(key) == documents.Index {
			paths = append(paths, escaped(strings.TrimSuffix(key, documents.Index)))
		}
	}
	if len(paths) > maxPaths {
		return []string{everything}
	}
	slices.Sort(paths)
	return paths
}

// escaped is the path of a key as in a URL.
func escaped(key string) string { return (&url.URL{Path: "/" + key}).EscapedPath() }
