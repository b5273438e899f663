package elfcheck

import (
	"strconv"
	"strings"
)

// version is a dotted number: 2.3.4 is {2, 3, 4}. slices.Compare orders it: 2.9 is older than 2.34.
type version []int

func parseVersion(text string) (version, bool) {
	var v version
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil {
			return nil, false
		}
		v = append(v, int(n))
	}
	return v, true
}
