package apipart

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// LogGroup returns the group of an access log, with a name and a retention in days. 0 means the default.
func LogGroup(name string, retention int64) *cloudformation.Resource {
	properties := map[string]any{"LogGroupName": cloudformation.Sub(name)}
	if days := cmp.Or(retention, sparta.DefaultLogRetention); days != sparta.LogRetentionForever {
		properties["RetentionInDays"] = days
	}
	return &cloudformation.Resource{
		Type: "AWS::Logs::LogGroup", Properties: properties,
		DeletionPolicy: cloudformation.Delete, UpdateReplacePolicy: cloudformation.Delete,
	}
}
