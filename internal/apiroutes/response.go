package apiroutes

import (
	"maps"
	"slices"

	"github.com/go-sparta/sparta/sparta"
)

// CatchAll is the status code of errors that have no other response.
const CatchAll = 500

// Codes returns the status codes that a method's responses or its integration's responses have, in order.
func Codes(method *sparta.Method) []int {
	all := map[int]bool{method.DefaultStatusCode: true, CatchAll: true}
	for code := range method.Responses {
		all[code] = true
	}
	for code := range method.Integration.Responses {
		all[code] = true
	}
	return slices.Sorted(maps.Keys(all))
}
