package lambdaapi

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Function describes a function to clients. Only Name is required.
type Function struct {
	Name        string
	Description string
	Handler     string
	Runtime     string // for example python3.13
	MemorySize  int    // in MB; 0 means 128
	Timeout     time.Duration
	Variables   map[string]string // the function's own; clients can read them, as on Lambda
	Tags        map[string]string
	Arch        string            // x86_64 or arm64
	Storage     int               // of /tmp, in MB; 0 means 512
	Versions    []string          // published versions that the service describes, besides $LATEST
	Aliases     map[string]string // names of aliases and their versions
	Concurrency int               // reserved; 0 means none
	Retries     int               // how often an event is sent again if the function fails; Lambda's default is 2
	Package     string            // the folder or zip with the code
	Modified    time.Time
}

// account is the account in ARNs.
const account = "123456789012"

const latest = "$LATEST"

// arn returns the function's ARN, with a qualifier unless that is empty.
func (f *Function) arn(region, qualifier string) string {
	arn := "arn:aws:lambda:" + region + ":" + account + ":function:" + f.Name
	if qualifier != "" {
		arn += ":" + qualifier
	}
	return arn
}

// has reports whether the qualifier is $LATEST, a version or an alias of the function.
func (f *Function) has(qualifier string) bool {
	_, isAlias := f.Aliases[qualifier]
	return qualifier == "" || qualifier == latest || isAlias || slices.Contains(f.Versions, qualifier) ||
		slices.Contains(slices.Collect(maps.Values(f.Aliases)), qualifier)
}

// reference is how a client names a function: by name, ARN or a part of it, with or without a qualifier.
var reference = regexp.MustCompile(`^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?` +
	`(?:function:)?([a-zA-Z0-9_-]{1,64})(?::(\$LATEST|[a-zA-Z0-9_-]{1,128}))?$`)

// find returns the function that a client means, and the qualifier.
func find(functions []Function, region, name, qualifier string) (*Function, string, *Error) {
	if qualifier == "" {
		for i := range functions { // mostly, it is just the name
			if functions[i].Name == name {
				return &functions[i], "", nil
			}
		}
	}
	parts := reference.FindStringSubmatch(name)
	if parts == nil {
		return nil, "", invalid("Value '" + name + "' at 'functionName' failed to satisfy constraint: " +
			"Member must satisfy regular expression pattern: " + reference.String())
	}
	switch {
	case qualifier == "":
		qualifier = parts[2]
	case parts[2] != "" && parts[2] != qualifier:
		return nil, "", invalid("The derived qualifier from the function name does not match the specified qualifier.")
	}
	at := slices.IndexFunc(functions, func(f Function) bool { return f.Name == parts[1] })
	wanted := Function{Name: parts[1]}
	if at < 0 {
		return nil, "", notFound(wanted.arn(region, qualifier) + missing(functions, parts[1]))
	}
	if f := &functions[at]; f.has(qualifier) {
		return f, qualifier, nil
	}
	return nil, "", notFound(wanted.arn(region, qualifier))
}

// missing says which functions there are. Lambda's own message ends before.
func missing(functions []Function, name string) string {
	names := make([]string, len(functions))
	for i := range functions {
		names[i] = functions[i].Name
	}
	const most = 10
	if more := len(names) - most; more > 0 {
		names = append(names[:most], "and "+strconv.Itoa(more)+" more")
	}
	if len(names) == 0 {
		return " (the service has no functions)"
	}
	return " (the service has no function " + name + ", but " + strings.Join(names, ", ") + ")"
}
