//go:build !linux

package procfs

// Memory returns 0.
func Memory(int) (now, peak int64) { return 0, 0 }

// Children returns nil.
func Children(int) []int { return nil }
