package sparta

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/expression"
)

// LambdaPermissionExporter is a permission to invoke a function, with the settings of its source: one of the
// permissions of this package, such as an S3Permission or an SNSPermission. Permissions are values, not pointers.
type LambdaPermissionExporter interface {
	problems() []error // what is wrong with the permission in itself
}

// BasePermission has the fields that all permissions share.
type BasePermission struct {
	// SourceAccount is the account that the source must belong to: twelve digits. Empty means any account; for a
	// bucket, the stack's account.
	SourceAccount string `json:"sourceAccount,omitempty"`
	// SourceArn is the ARN of the source, or an intrinsic that results in one, such as cloudformation.Ref("Topic") of
	// a topic in the same stack.
	SourceArn any `json:"sourceArn,omitempty"`
}

var accountPattern = pattern(`^[0-9]{12}$`)

func (b BasePermission) problems() []error {
	var errs []error
	if b.SourceAccount != "" && !accountPattern().MatchString(b.SourceAccount) {
		errs = append(errs, fmt.Errorf("SourceAccount %q is invalid: use an account's twelve digits", b.SourceAccount))
	}
	if b.SourceArn != nil && !expression.Is(b.SourceArn) {
		errs = append(errs, fmt.Errorf("SourceArn of type %T is invalid: use an ARN or a CloudFormation intrinsic",
			b.SourceArn))
	}
	return errs
}

// requiredSource returns an error if a permission has no source.
func (b BasePermission) requiredSource(what string) error {
	if b.SourceArn != nil {
		return nil
	}
	return fmt.Errorf("SourceArn is missing: set it to the ARN of %s, or to an intrinsic that results in one", what)
}

// sourceProblems checks what invokes the function.
func (info *LambdaAWSInfo) sourceProblems() []error {
	var errs []error
	for i, permission := range info.Permissions {
		if err := isPermissionValue(permission); err != nil {
			errs = append(errs, fmt.Errorf("permission %d: %w", i+1, err))
			continue
		}
		for _, problem := range permission.problems() {
			errs = append(errs, fmt.Errorf("permission %d (%s): %w", i+1, permissionKind(permission), problem))
		}
	}
	for i, mapping := range info.EventSourceMappings {
		if mapping == nil {
			errs = append(errs, fmt.Errorf("event source mapping %d is nil: remove it or describe it", i+1))
			continue
		}
		for _, problem := range mapping.problems() {
			errs = append(errs, fmt.Errorf("event source mapping %d: %w", i+1, problem))
		}
	}
	return errs
}
