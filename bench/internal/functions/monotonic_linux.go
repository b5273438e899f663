package functions

import "golang.org/x/sys/unix"

// monotonic reads the clock that Python's time.perf_counter_ns reads.
func monotonic() (int64, error) {
	var now unix.Timespec
	err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now)
	return now.Nano(), err
}
