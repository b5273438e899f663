// Empty does nothing, as a library: what it takes is the least that a Go library costs Python.
package main

import "C"

// Return returns once Go's runtime has started.
//
//export Return
func Return() {}

func main() {}
