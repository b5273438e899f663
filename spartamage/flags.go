package spartamage

import (
	"strconv"
	"time"
)

// flags are the arguments of a deploy program. What is nil or zero is left out,
// so that the program's own defaults, and the environment's, hold.
type flags []string

func (f flags) text(name string, value *string) flags {
	if value == nil || *value == "" {
		return f
	}
	return append(f, name+"="+*value)
}

func (f flags) yes(name string, value *bool) flags {
	if value == nil || !*value {
		return f
	}
	return append(f, name)
}

func (f flags) opposite(name string, value *bool) flags {
	if value == nil {
		return f
	}
	return append(f, name+"="+strconv.FormatBool(!*value))
}

func (f flags) duration(name string, value *time.Duration) flags {
	if value == nil || *value == 0 {
		return f
	}
	return append(f, name+"="+value.String())
}
