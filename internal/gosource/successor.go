package gosource

import "strings"

// successors maps folders of the original Sparta's packages to the packages that replace them.
var successors = map[string]string{
	"":                    SpartaPath,
	"/cgo":                CgoPath,
	"/magefile":           ModulePath + "/magefile",
	"/spartamage":         ModulePath + "/spartamage",
	"/aws":                CgoPath,
	"/decorator":          ModulePath + "/decorator",
	"/aws/cloudformation": ModulePath + "/cloudformation",
	"/aws/iam":            SpartaPath + "/iam",
	"/aws/iam/builder":    SpartaPath + "/iambuilder",
	"/aws/events":         SpartaPath + "/events",
	"/aws/s3":             SpartaPath + "/events/s3",
	"/aws/sns":            SpartaPath + "/events/sns",
	"/aws/ses":            SpartaPath + "/events/ses",
	"/aws/kinesis":        SpartaPath + "/events/kinesis",
	"/aws/dynamodb":       ModulePath + "/compat/dynamodb",
	"/aws/cloudwatchlogs": eventsPath,
	"/aws/apigateway":     SpartaPath + "/apigateway",
}

const eventsPath = "github.com/aws/aws-lambda-go/events"

// originalFolder returns the folder of a package of the original Sparta, such as /cgo, and reports whether the import
// path is one of its packages, of any major version, and in other spellings that people use.
func originalFolder(path string) (folder string, ok bool) {
	name, ok := strings.CutPrefix(path, "github.com/mweagle/")
	if !ok {
		return "", false
	}
	if folder, ok = strings.CutPrefix(name, "Sparta"); !ok {
		folder, ok = strings.CutPrefix(name, "sparta")
	}
	if !ok || folder != "" && folder[0] != '/' {
		return "", false
	}
	if number, ok := strings.CutPrefix(folder, "/v"); ok {
		if rest := strings.TrimLeft(number, "0123456789"); rest != number && (rest == "" || rest[0] == '/') {
			return rest, true
		}
	}
	return folder, true
}

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
	if theirs, ok := originalFolder(path); ok {
		folder = theirs
	} else if !own || folder != "" && folder[0] != '/' {
		return "", false
	}
	replacement = successors[folder]
	return replacement, replacement != path
}

// isOriginalCgo reports whether a path is that of the original's package cgo. Such an application may even compile
// with it, but it would have no function.
func isOriginalCgo(path string) bool {
	folder, ok := originalFolder(path)
	return ok && folder == "/cgo"
}

// Successor returns the import path of the package that replaces one of the original, or an empty path.
func Successor(path string) string {
	replacement, _ := successor(path)
	return replacement
}
