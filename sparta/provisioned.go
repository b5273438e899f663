package sparta

import (
	"errors"
	"fmt"
)

// provisionedProblems checks how many environments of the alias are kept ready.
func (o *LambdaFunctionOptions) provisionedProblems() []error {
	var errs []error
	if o.ProvisionedConcurrency < 0 {
		errs = append(errs, fmt.Errorf("provisioned concurrency of %d is out of range: use 1 or more, or 0 for none",
			o.ProvisionedConcurrency))
	}
	reserved := max(o.ReservedConcurrentExecutions, 0) // ReserveNothing is negative
	if o.ReservedConcurrentExecutions != 0 && o.ProvisionedConcurrency > reserved {
		errs = append(errs, fmt.Errorf("provisioned concurrency of %d is more than the %d that are reserved: "+
			"reserve at least as many", o.ProvisionedConcurrency, reserved))
	}
	if o.ProvisionedConcurrency > 0 && o.SnapStarts() {
		errs = append(errs, errors.New("SnapStart does not work with provisioned concurrency: clear one"))
	}
	return errs
}
