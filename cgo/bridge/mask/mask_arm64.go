//go:build go1.21

package mask

// Fast says that a mask takes less time than to look at each eight of its bytes until one is found. That was not
// measured on this processor.
const Fast = false

//go:noescape
func of(text *[Size]byte) (ends, escapes, all uint64)
