package sparta

import "fmt"

// Defaults of options that are zero.
const (
	DefaultMemorySize       int64 = 128 // MB
	DefaultTimeout          int64 = 3   // seconds
	DefaultEphemeralStorage int64 = 512 // MB
)

// ReserveNothing is a ReservedConcurrentExecutions of zero: the function does not run until it is changed. Zero itself
// means that the function uses the account's unreserved concurrency.
const ReserveNothing int64 = -1

// capacityProblems checks what Lambda provides for a function: memory, time, storage, concurrency.
func (o *LambdaFunctionOptions) capacityProblems() []error {
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if o.MemorySize != 0 && (o.MemorySize < 128 || o.MemorySize > 10240) {
		report("memory size of %d MB is out of range: use 128 to 10240, or 0 for %d", o.MemorySize, DefaultMemorySize)
	}
	if o.Timeout != 0 && (o.Timeout < 1 || o.Timeout > 900) {
		report("timeout of %d seconds is out of range: use 1 to 900, or 0 for %d", o.Timeout, DefaultTimeout)
	}
	if o.EphemeralStorage != 0 && (o.EphemeralStorage < 512 || o.EphemeralStorage > 10240) {
		report("ephemeral storage of %d MB is out of range: use 512 to 10240, or 0 for %d",
			o.EphemeralStorage, DefaultEphemeralStorage)
	}
	if o.ReservedConcurrentExecutions < ReserveNothing {
		report("reserved concurrency of %d is out of range: use 1 or more, 0 for the account's unreserved "+
			"concurrency, or %d (ReserveNothing) to stop the function", o.ReservedConcurrentExecutions, ReserveNothing)
	}
	return errs
}
