package template

import (
	"github.com/go-sparta/sparta/internal/hooks"
	"github.com/go-sparta/sparta/sparta"
)

// LogicalIDs are the logical IDs of a function's resources, for its decorators.
func LogicalIDs(info *sparta.LambdaAWSInfo) hooks.IDs {
	f := newFunction(info)
	ids := hooks.IDs{Function: string(f.ref())}
	if f.options.AliasName() != "" {
		ids.Alias = f.aliasID()
	}
	if f.otherLogGroup() == nil {
		ids.LogGroup = logGroup{}.id(f)
	}
	return ids
}
