package sparta

import "errors"

// CloudWatchLogsPermission invokes the function with the lines of log groups. SourceArn stays empty: the log groups
// are the source.
type CloudWatchLogsPermission struct {
	BasePermission
	// Filters are listed by name. Filters of one function must have different names.
	Filters map[string]CloudWatchLogsSubscriptionFilter `json:"filters"`
}

// CloudWatchLogsSubscriptionFilter selects lines of a log group.
type CloudWatchLogsSubscriptionFilter struct {
	FilterPattern string `json:"filterPattern,omitempty"` // empty means all lines
	// LogGroupName is a log group's name, or an intrinsic that results in one, such as cloudformation.Ref("Logs").
	LogGroupName any `json:"logGroupName"`
}

func (p CloudWatchLogsPermission) problems() []error {
	errs := BasePermission{SourceAccount: p.SourceAccount}.problems()
	if p.SourceArn != nil {
		errs = append(errs, errors.New("SourceArn is set, but the sources are the filters' log groups: remove it"))
	}
	if len(p.Filters) == 0 {
		errs = append(errs, errors.New("it has no Filters: add a filter"))
	}
	return errs
}
