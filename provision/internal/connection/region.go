package connection

import (
	"cmp"
	"os"
)

// Region is the region that is given, or that of the environment; empty if neither names one.
func Region(given string) string {
	return cmp.Or(given, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))
}
