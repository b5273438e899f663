package sparta

import "fmt"

// Defaults of options that are zero.
const (
	DefaultMemorySize       int64 = 128 // MB
	DefaultTimeout          int64 = 3   // seconds
	DefaultEphemeralStorage int64 = 512 // MB
)

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
	if o.ReservedConcurrentExecutions < 0 {
		report("reserved concurrency of %d is out of range: use 1 or more, or 0 to reserve nothing",
			o.ReservedConcurrentExecutions)
	}
	return errs
}
