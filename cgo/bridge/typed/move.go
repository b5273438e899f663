//go:build go1.21

package typed

import "unsafe"

// half and shortMove are how long the texts are, in bytes, that move copies in one step and in two. Most texts between
// two escape sequences are shorter, too short for a call of copy.
const (
	half      = 16
	shortMove = 2 * half
)

// move copies a text, and returns its length. There must be shortMove bytes at both places, even for a shorter text.
func move(to, from unsafe.Pointer, length int) int {
	switch {
	case length <= half:
		*(*[half]byte)(to) = *(*[half]byte)(from)
	case length <= shortMove:
		*(*[half]byte)(to) = *(*[half]byte)(from)
		*(*[half]byte)(unsafe.Add(to, half)) = *(*[half]byte)(unsafe.Add(from, half))
	default:
		copy(unsafe.Slice((*byte)(to), length), unsafe.Slice((*byte)(from), length))
	}
	return length
}
