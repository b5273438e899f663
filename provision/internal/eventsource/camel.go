package eventsource

import "strings"

// camel makes a part of a logical ID of a name: its words, each capitalized, without what logical IDs cannot have.
func camel(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool { return alphanumeric(string(c)) == "" })
	for i, word := range words {
		words[i] = capitalized(word)
	}
	return strings.Join(words, "")
}
