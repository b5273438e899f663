package show

import "fmt"

// Count is a number of things: 1 function, 2 functions.
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
