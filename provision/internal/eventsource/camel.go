package eventsource

import "strings"

// camel turns a name into a part of a logical ID: its words, each capitalized, without other characters than letters
// and digits.
func camel(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool { return alphanumeric(string(c)) == "" })
	for i, word := range words {
		words[i] = capitalized(word)
	}
	return strings.Join(words, "")
}
