//go:build !linux

package sandbox

// residentMemory returns 0: the memory of other processes is unknown on this system.
func residentMemory(int) (now, peak int64) { return 0, 0 }

// memoryOfDescendants returns 0.
func memoryOfDescendants(int) int64 { return 0 }
