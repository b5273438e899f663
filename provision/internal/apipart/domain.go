package apipart

import (
	"regexp"
	"strings"
)

var (
	domainPattern   = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
	basePathPattern = regexp.MustCompile(`^[A-Za-z0-9$_.+!*'()/-]*$`)
)

// ValidDomain reports whether an API can have a domain of a name.
func ValidDomain(name string) bool { return domainPattern.MatchString(name) }

// ValidBasePath reports whether an API can be below a path of a domain. An empty path is none.
func ValidBasePath(path string) bool {
	return basePathPattern.MatchString(path) && !strings.HasPrefix(path, "/") && !strings.HasSuffix(path, "/")
}
