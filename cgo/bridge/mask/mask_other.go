//go:build go1.21 && !amd64

package mask

func of(text *[Size]byte) (ends, escapes, all uint64) { return portable(text) }
