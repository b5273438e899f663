package sparta

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// CloudWatchLogsPermission invokes the function with the lines of log groups. SourceArn stays empty: the log groups
// are the source.
type CloudWatchLogsPermission struct {
	BasePermission
	// Filters are by names that the function's filters do not share.
	Filters map[string]CloudWatchLogsSubscriptionFilter `json:"filters"`
}

// CloudWatchLogsSubscriptionFilter selects lines of a log group.
type CloudWatchLogsSubscriptionFilter struct {
	FilterPattern string `json:"filterPattern,omitempty"` // empty means all lines
	// LogGroupName is a log group's name, or an intrinsic that results in one, such as cloudformation.Ref("Logs").
	LogGroupName any `json:"logGroupName"`
}

func (p CloudWatchLogsPermission) problems() []error {
	var errs []error
	if p.SourceArn != nil {
		errs = append(errs, errors.New("SourceArn is set, but the sources are the filters' log groups: remove it"))
	}
	errs = append(errs, BasePermission{SourceAccount: p.SourceAccount}.problems()...)
	if len(p.Filters) == 0 {
		errs = append(errs, errors.New("it has no Filters: add a filter"))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Filters)) {
		filter := p.Filters[name]
		if !isExpression(filter.LogGroupName) {
			errs = append(errs, fmt.Errorf("filter %q: LogGroupName of type %T is invalid: use a log group's name, or "+
				"a CloudFormation intrinsic", name, filter.LogGroupName))
		}
		if len(filter.FilterPattern) > 1024 {
			errs = append(errs, fmt.Errorf("filter %q: FilterPattern has %d characters: use at most 1024", name,
				len(filter.FilterPattern)))
		}
	}
	return errs
}
