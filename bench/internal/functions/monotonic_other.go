//go:build !linux

package functions

import "errors"

// monotonic knows no clock that is also Python's.
func monotonic() (int64, error) { return 0, errors.New("parts of a start are measured on Linux only") }
