//go:build go1.21

package mask

//go:noescape
func of(text *[Size]byte) (ends, escapes, all uint64)
