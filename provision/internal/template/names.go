package template

import "strings"

// FunctionName is the name of a service's function in AWS.
func FunctionName(stack, name string) string { return stack + "-" + name }

// FunctionLogicalID is the logical ID of a service's function in its stack.
func FunctionLogicalID(name string) string { return logicalID(name) + "Function" }

// logicalID is how the logical IDs of all of a function's resources begin: HelloWorld
// for hello_world.
func logicalID(name string) string {
	var id strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			id.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return id.String()
}
