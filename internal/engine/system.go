package engine

import "runtime"

// CheckSystem returns an error if no container can compile for a system.
func CheckSystem(goos string) error {
	fail := func(words, next string) error {
		return &Error{Problem: ErrFailed, Words: words, Next: next}
	}
	if goos != "linux" {
		return fail("a container builds for linux, not for "+goos, "build for "+goos+" with SPARTA_BUILDER=host")
	}
	if runtime.GOOS == "windows" {
		return fail("a container cannot have the paths of Windows",
			"build inside WSL 2, or with SPARTA_BUILDER=host and CC naming a cross compiler")
	}
	return nil
}
