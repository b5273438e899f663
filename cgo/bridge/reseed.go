//go:build lambdabinary && go1.21

package bridge

/*
#ifdef __linux__
#include <sys/auxv.h>
#include <sys/random.h>

// The Go runtime seeds math/rand and its maps from the 16 bytes that the kernel
// left at AT_RANDOM when the process was executed. They are the same in every
// process forked from one parent, as Lambda's Python workers may be. A
// constructor with a priority runs before the one that starts the Go runtime.
__attribute__((constructor(101))) static void sparta_reseed(void) {
	void *seed = (void *)getauxval(AT_RANDOM);
	if (seed != NULL && getrandom(seed, 16, GRND_NONBLOCK) != 16) {
		// Too early for the kernel's generator: keep the bytes that are there.
	}
}
#endif
*/
import "C"
