//go:build go1.21

package typed

import "unsafe"

// half and shortMove are how long the texts are, in bytes, that one and two calls of move copy. Most texts between two
// escape sequences are shorter, too short for a call of copy.
const (
	half      = 16
	shortMove = 2 * half
)

// move copies half bytes, which must be there at both places.
func move(to, from unsafe.Pointer) { *(*[half]byte)(to) = *(*[half]byte)(from) }
