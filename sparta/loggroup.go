package sparta

import (
	"fmt"
	"slices"
	"strings"
)

// DefaultLogRetention is the number of days that logs are kept if LogRetention is zero.
const DefaultLogRetention int64 = 30

// LogRetentionForever is the LogRetention of logs that are kept forever.
const LogRetentionForever int64 = -1

// The retentions that CloudWatch Logs offers, in days.
var logRetentions = []int64{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

func (o *LambdaFunctionOptions) validateLogRetention() error {
	if o.LogRetention == 0 || o.LogRetention == LogRetentionForever || slices.Contains(logRetentions, o.LogRetention) {
		return nil
	}
	return fmt.Errorf("CloudWatch Logs cannot keep logs for %d days: "+
		"use one of %s, 0 for %d or %d to keep them forever", o.LogRetention,
		strings.Trim(fmt.Sprint(logRetentions), "[]"), DefaultLogRetention, LogRetentionForever)
}
