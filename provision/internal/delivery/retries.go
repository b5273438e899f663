package delivery

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/sparta"
)

// CheckRetries returns an error if a policy's numbers are out of range.
func CheckRetries(field string, policy *sparta.EventRetryPolicy) error {
	if policy == nil {
		return nil
	}
	var errs []error
	if age := policy.MaximumEventAgeInSeconds; age != 0 && (age < 60 || age > 86400) {
		errs = append(errs, fmt.Errorf("%s.MaximumEventAgeInSeconds %d is invalid: use 60 to 86400", field, age))
	}
	if tries := policy.MaximumRetryAttempts; tries != sparta.NoRetries && (tries < 0 || tries > 185) {
		errs = append(errs, fmt.Errorf("%s.MaximumRetryAttempts %d is invalid: use 1 to 185, or %d (NoRetries) for "+
			"none", field, tries, sparta.NoRetries))
	}
	return errors.Join(errs...)
}

// RetryPolicy renders a policy as a property of a target.
func RetryPolicy(policy *sparta.EventRetryPolicy) map[string]any {
	properties := map[string]any{}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		properties["MaximumEventAgeInSeconds"] = policy.MaximumEventAgeInSeconds
	}
	if policy != nil && policy.MaximumRetryAttempts != 0 {
		properties["MaximumRetryAttempts"] = max(policy.MaximumRetryAttempts, 0)
	}
	return properties
}

// RetryWords describes a policy in words that follow others.
func RetryWords(policy *sparta.EventRetryPolicy) string {
	words := ""
	if policy != nil && policy.MaximumRetryAttempts != 0 {
		words += fmt.Sprintf(", %d retries", max(policy.MaximumRetryAttempts, 0))
	}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		words += fmt.Sprintf(", for %d s", policy.MaximumEventAgeInSeconds)
	}
	return words
}
