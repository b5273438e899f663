package engine

import (
	"math/rand/v2"
	"strconv"
)

// ContainerName returns a random name for a build's container.
func ContainerName() string {
	return "sparta-" + strconv.FormatUint(rand.Uint64(), 36)
}
