package sparta

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// S3Permission invokes the function when objects in a bucket are created, removed or changed.
type S3Permission struct {
	BasePermission          // SourceArn is the bucket's ARN; SourceAccount its owner, by default the stack's account
	Events         []string `json:"events"` // for example s3:ObjectCreated:*
	// Filter limits the events to some keys. The zero value means all.
	Filter S3NotificationFilter `json:"filter,omitzero"`
	// EventBridge makes the events arrive through EventBridge, in its format, which has more details. They do not
	// conflict with other destinations of the bucket. A bucket of another stack has to send its events to EventBridge
	// already.
	EventBridge bool `json:"eventBridge,omitempty"`
}

// S3NotificationFilter selects keys. The names of its fields are those of the AWS SDK's
// NotificationConfigurationFilter.
type S3NotificationFilter struct {
	Key S3KeyFilter `json:"key,omitzero"`
}

// S3KeyFilter has at most one rule for the prefix and one for the suffix of the key.
type S3KeyFilter struct {
	FilterRules []S3FilterRule `json:"filterRules,omitempty"`
}

// S3FilterRule selects the keys that begin or end with a text.
type S3FilterRule struct {
	Name  string `json:"name"` // prefix or suffix
	Value string `json:"value"`
}

// Prefix returns the text with which keys have to begin.
func (f S3NotificationFilter) Prefix() string { return f.value("prefix") }

// Suffix returns the text with which keys have to end.
func (f S3NotificationFilter) Suffix() string { return f.value("suffix") }

func (f S3NotificationFilter) value(name string) string {
	for _, rule := range f.Key.FilterRules {
		if strings.EqualFold(rule.Name, name) {
			return rule.Value
		}
	}
	return ""
}

// maxS3Key is the length limit of a key, in bytes.
const maxS3Key = 1024

// s3Events are the types of events that S3 sends, without s3: before them.
func s3Events() []string {
	return []string{
		"ObjectCreated:*", "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy",
		"ObjectCreated:CompleteMultipartUpload",
		"ObjectRemoved:*", "ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated",
		"ObjectRestore:*", "ObjectRestore:Post", "ObjectRestore:Completed", "ObjectRestore:Delete",
		"ReducedRedundancyLostObject",
		"Replication:*", "Replication:OperationFailedReplication", "Replication:OperationMissedThreshold",
		"Replication:OperationReplicatedAfterThreshold", "Replication:OperationNotTracked",
		"LifecycleExpiration:*", "LifecycleExpiration:Delete", "LifecycleExpiration:DeleteMarkerCreated",
		"LifecycleTransition", "IntelligentTiering",
		"ObjectTagging:*", "ObjectTagging:Put", "ObjectTagging:Delete", "ObjectAcl:Put",
	}
}

func (p S3Permission) problems() []error {
	errs := p.BasePermission.problems()
	errs = append(errs, p.requiredSource("an S3 bucket"), checkBucketARN(p.SourceArn))
	errs = append(errs, p.eventProblems()...)
	errs = append(errs, p.Filter.problems()...)
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

// checkBucketARN returns an error if a source is a text that is not the ARN of a bucket.
func checkBucketARN(source any) error {
	text, isText := expression.Text(source)
	if !isText || text == "" {
		return nil
	}
	_, name, isS3 := strings.Cut(text, ":s3:::")
	bucket, key, hasKey := strings.Cut(name, "/")
	switch {
	case !strings.HasPrefix(text, "arn:"):
		return fmt.Errorf("SourceArn %q is not an ARN: use arn:aws:s3:::%s if that is the bucket's name", text, text)
	case !isS3 || bucket == "":
		return fmt.Errorf("SourceArn %q is not the ARN of a bucket: use one such as arn:aws:s3:::my-bucket", text)
	case hasKey:
		advice := ""
		if prefix := strings.TrimRight(key, "*"); prefix != "" {
			advice = fmt.Sprintf(", and set Filter to the prefix %q", prefix)
		}
		return fmt.Errorf("SourceArn %q is the ARN of keys: use the bucket's, %s%s",
			text, strings.TrimSuffix(text, "/"+key), advice)
	case strings.ContainsAny(bucket, "*?"):
		return fmt.Errorf("SourceArn %q matches several buckets: use an S3Permission for each", text)
	}
	return nil
}

func (p S3Permission) eventProblems() []error {
	if len(p.Events) == 0 {
		return []error{errors.New("field Events is empty: list what invokes the function, " +
			"for example s3:ObjectCreated:*")}
	}
	var errs []error
	for i, event := range p.Events {
		kind, known := strings.CutPrefix(event, "s3:")
		family, _, _ := strings.Cut(event, ":*")
		switch {
		case !known || !slices.Contains(s3Events(), kind):
			errs = append(errs, fmt.Errorf("event %q of Events is unknown: use one of s3:%s", event,
				strings.Join(s3Events(), ", s3:")))
		case slices.Contains(p.Events[:i], event):
			errs = append(errs, fmt.Errorf("event %s is listed twice in Events: remove one", event))
		case strings.HasSuffix(event, ":*"):
			for _, other := range p.Events {
				if other != event && strings.HasPrefix(other, family+":") {
					errs = append(errs, fmt.Errorf("event %s of Events includes %s: remove one", event, other))
				}
			}
		}
	}
	return errs
}

func (f S3NotificationFilter) problems() []error {
	var errs []error
	seen := map[string]bool{}
	for _, rule := range f.Key.FilterRules {
		name := strings.ToLower(rule.Name)
		switch {
		case name != "prefix" && name != "suffix":
			errs = append(errs, fmt.Errorf("the filter rule %q is unknown: set Name to prefix or suffix", rule.Name))
		case seen[name]:
			errs = append(errs, fmt.Errorf("two rules of Filter are for the %s: use an S3Permission for each", name))
		case rule.Value == "":
			errs = append(errs, fmt.Errorf("the filter rule for the %s has no value: set Value, or remove the rule",
				name))
		case len(rule.Value) > maxS3Key:
			errs = append(errs, fmt.Errorf("the filter rule for the %s has %d bytes: keys have up to %d", name,
				len(rule.Value), maxS3Key))
		}
		seen[name] = true
	}
	return errs
}
