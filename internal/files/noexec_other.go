//go:build !linux && !darwin

package files

func isNoexec(string) bool { return false }
