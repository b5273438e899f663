package gosource

import (
	"regexp"
	"strings"
)

// successors maps folders of the original Sparta's packages to the packages that replace them.
var successors = map[string]string{
	"":                    SpartaPath,
	"/cgo":                CgoPath,
	"/magefile":           ModulePath + "/spartamage",
	"/spartamage":         ModulePath + "/spartamage",
	"/decorator":          ModulePath + "/decorator",
	"/aws/cloudformation": ModulePath + "/cloudformation",
	"/aws/iam":            SpartaPath, // IAMRolePrivilege
	"/aws/iam/builder":    SpartaPath,
	"/aws/events":         eventsPath,
	"/aws/s3":             eventsPath,
	"/aws/sns":            eventsPath,
	"/aws/ses":            eventsPath,
	"/aws/kinesis":        eventsPath,
	"/aws/dynamodb":       eventsPath,
	"/aws/cloudwatchlogs": eventsPath,
	"/aws/apigateway":     eventsPath,
}

const eventsPath = "github.com/aws/aws-lambda-go/events"

// original matches import paths of the original Sparta, with any major version, and in other spellings that people use.
var original = regexp.MustCompile(`^github\.com/mweagle/[Ss]parta(/v[0-9]+)?($|/.*)`)

// successor returns the import path of the package that replaces one of the original, or an empty path if there is
// none. Paths of this module count, too: people who move an application may have changed only the module in them.
func successor(path string) (replacement string, stale bool) {
	switch path {
	case "github.com/mweagle/go-cloudformation", "github.com/crewjam/go-cloudformation":
		return ModulePath + "/cloudformation", true
	case "github.com/mweagle/cloudformationresources":
		return "", true
	}
	folder, own := strings.CutPrefix(path, ModulePath)
	if found := original.FindStringSubmatch(path); found != nil {
		folder = found[2]
	} else if !own || folder != "" && folder[0] != '/' {
		return "", false
	}
	replacement = successors[folder]
	return replacement, replacement != path
}

// isOriginalCgo reports whether a path is that of the original's package cgo. Such an application may even compile
// with it, but it would have no function.
func isOriginalCgo(path string) bool {
	found := original.FindStringSubmatch(path)
	return found != nil && found[2] == "/cgo"
}
