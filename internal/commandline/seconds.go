package commandline

import (
	"fmt"
	"strconv"
	"time"
)

// Seconds reads the value of a variable that holds a timeout: a number of seconds, or a duration such as 30s.
func Seconds(variable, value string) (int64, error) {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return n, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d%time.Second != 0 {
		return 0, fmt.Errorf("%s must be a number of seconds or a duration, for example 30s, got %q", variable, value)
	}
	return int64(d / time.Second), nil
}
