package eventsource

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/go-sparta/sparta/sparta"
)

// configured is a source with settings that can be checked without a template.
type configured interface {
	settings(now time.Time) error
}

// CheckSettings returns an error if settings of a function's permissions are invalid in any template.
func CheckSettings(info *sparta.LambdaAWSInfo, now time.Time) error {
	var errs []error
	for _, permission := range info.Permissions {
		if value := reflect.ValueOf(permission); !value.IsValid() || value.Kind() == reflect.Pointer {
			continue // sparta.Validate reports it
		}
		for _, part := range partsOf(permission) {
			if part, ok := part.(configured); ok {
				errs = append(errs, at(part, part.settings(now)))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("function %s: %w", info.Name(), err)
	}
	return nil
}
