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
	if tries := policy.MaximumRetryAttempts; tries != nil && (*tries < 0 || *tries > 185) {
		errs = append(errs, fmt.Errorf("%s.MaximumRetryAttempts %d is invalid: use 0 to 185", field, *tries))
	}
	return errors.Join(errs...)
}

// RetryPolicy is a policy as a property of a target.
func RetryPolicy(policy *sparta.EventRetryPolicy) map[string]any {
	properties := map[string]any{}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		properties["MaximumEventAgeInSeconds"] = policy.MaximumEventAgeInSeconds
	}
	if policy != nil && policy.MaximumRetryAttempts != nil {
		properties["MaximumRetryAttempts"] = *policy.MaximumRetryAttempts
	}
	return properties
}

// RetryWords is a policy in words, after something else.
func RetryWords(policy *sparta.EventRetryPolicy) string {
	words := ""
	if policy != nil && policy.MaximumRetryAttempts != nil {
		words += fmt.Sprintf(", %d retries", *policy.MaximumRetryAttempts)
	}
	if policy != nil && policy.MaximumEventAgeInSeconds != 0 {
		words += fmt.Sprintf(", for %d s", policy.MaximumEventAgeInSeconds)
	}
	return words
}
