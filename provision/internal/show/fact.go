package show

import "slices"

// Fact is a setting of a function in words.
type Fact struct{ Name, Value string }

// Given leaves out the facts without a value.
func Given(facts ...Fact) []Fact {
	return slices.DeleteFunc(facts, func(fact Fact) bool { return fact.Value == "" })
}
