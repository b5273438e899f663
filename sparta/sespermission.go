package sparta

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
)

// SESPermission invokes the function when SES receives mail. Its rules go into the set of receipt rules that is active
// in the account and region. If none is active, the stack creates and activates one.
type SESPermission struct {
	BasePermission // SourceArn is nil or "*": the rules are the source
	// InvocationType is Event, or RequestResponse for rules that wait for the function. Empty means Event.
	InvocationType string `json:"invocationType,omitempty"`
	// ReceiptRules are in the order in which SES applies them.
	ReceiptRules []ReceiptRule `json:"receiptRules"`
	// MessageBodyStorage is where SES puts mails before it invokes the function, which receives only their headers. Nil
	// means that mails are not stored.
	MessageBodyStorage *MessageBodyStorage `json:"messageBodyStorage,omitempty"`
}

// ReceiptRule selects mails.
type ReceiptRule struct {
	Name           string   `json:"name"` // part of the rule's logical ID: other names are other rules
	Disabled       bool     `json:"disabled,omitempty"`
	Recipients     []string `json:"recipients,omitempty"`     // addresses and domains; none means all verified domains
	ScanDisabled   bool     `json:"scanDisabled,omitempty"`   // for spam and viruses
	TLSPolicy      string   `json:"tlsPolicy,omitempty"`      // Optional or Require; empty means Optional
	TopicArn       any      `json:"topicArn,omitempty"`       // of a topic that is notified of the invocation
	InvocationType string   `json:"invocationType,omitempty"` // empty means the permission's
	// BodyStorageOptions are how the mails are stored in the MessageBodyStorage.
	BodyStorageOptions MessageBodyStorageOptions `json:"bodyStorageOptions,omitzero"`
}

// MessageBodyStorageOptions are how SES stores mails.
type MessageBodyStorageOptions struct {
	ObjectKeyPrefix string `json:"objectKeyPrefix,omitempty"`
	KmsKeyArn       any    `json:"kmsKeyArn,omitempty"` // of a key that encrypts them on the way; nil means none
	TopicArn        any    `json:"topicArn,omitempty"`  // of a topic that is notified of what is stored
	DisableStorage  bool   `json:"disableStorage,omitempty"`
}

// MessageBodyStorage is a bucket for mails. NewMessageBodyStorageResource and NewMessageBodyStorageReference make it.
type MessageBodyStorage struct {
	LogicalName string `json:"logicalName,omitempty"` // of a bucket in the stack
	BucketName  string `json:"bucketName,omitempty"`  // of a bucket that exists already
}

var (
	bucketIDPattern   = pattern(`^[A-Za-z0-9]{1,240}$`)
	bucketNamePattern = pattern(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
)

// NewMessageBodyStorageResource returns a bucket of the stack with this logical ID. The stack creates it unless a hook
// has added it, and lets SES write to it. It is kept, with its mails, when the stack is deleted.
func (p *SESPermission) NewMessageBodyStorageResource(bucketLogicalName string) (*MessageBodyStorage, error) {
	storage := &MessageBodyStorage{LogicalName: bucketLogicalName}
	return storage, storage.problem()
}

// NewMessageBodyStorageReference returns a bucket that exists already. Its policy has to let SES write to it.
func (p *SESPermission) NewMessageBodyStorageReference(bucketName string) (*MessageBodyStorage, error) {
	storage := &MessageBodyStorage{BucketName: bucketName}
	return storage, storage.problem()
}

// BucketArn returns the ARN of the bucket.
func (s *MessageBodyStorage) BucketArn() any {
	if s.LogicalName != "" {
		return cloudformation.GetAtt{s.LogicalName, "Arn"}
	}
	return cloudformation.Sub("arn:${AWS::Partition}:s3:::" + s.BucketName)
}

// BucketArnAllKeys returns the ARN of all objects in the bucket, for a role that reads the mails.
func (s *MessageBodyStorage) BucketArnAllKeys() any {
	if s.LogicalName != "" {
		return cloudformation.Sub("${" + s.LogicalName + ".Arn}/*")
	}
	return cloudformation.Sub("arn:${AWS::Partition}:s3:::" + s.BucketName + "/*")
}

func (s *MessageBodyStorage) problem() error {
	switch {
	case s == nil:
		return nil
	case s.LogicalName != "" && s.BucketName != "":
		return fmt.Errorf("MessageBodyStorage has both the LogicalName %s and the BucketName %s: clear one",
			s.LogicalName, s.BucketName)
	case s.BucketName != "" && !bucketNamePattern().MatchString(s.BucketName):
		return fmt.Errorf("BucketName %q of MessageBodyStorage is not the name of a bucket: use 3 to 63 lower-case "+
			"letters, digits, hyphens and dots", s.BucketName)
	case s.BucketName == "" && !bucketIDPattern().MatchString(s.LogicalName):
		return fmt.Errorf("LogicalName %q of MessageBodyStorage is invalid: use letters and digits", s.LogicalName)
	}
	return nil
}

var receiptRulePattern = pattern(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`)

func (p SESPermission) problems() []error {
	var errs []error
	if p.SourceArn != nil && p.SourceArn != "*" {
		errs = append(errs, fmt.Errorf("SourceArn %v is not used: the rules of ReceiptRules are the source: clear it",
			p.SourceArn))
	} else {
		errs = append(errs, BasePermission{SourceAccount: p.SourceAccount}.problems()...)
	}
	if len(p.ReceiptRules) == 0 {
		errs = append(errs, errors.New("ReceiptRules is empty: add a rule for the mails that invoke the function"))
	}
	errs = append(errs, checkInvocationType(p.InvocationType), p.MessageBodyStorage.problem())
	seen := map[string]bool{}
	for i, rule := range p.ReceiptRules {
		if seen[rule.Name] {
			errs = append(errs, fmt.Errorf("two rules of ReceiptRules are named %s: rename one", rule.Name))
		}
		seen[rule.Name] = true
		for _, err := range rule.problems() {
			errs = append(errs, fmt.Errorf("rule %d (%s) of ReceiptRules: %w", i+1, rule.Name, err))
		}
	}
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

func (r ReceiptRule) problems() []error {
	errs := []error{checkInvocationType(r.InvocationType)}
	if !receiptRulePattern().MatchString(r.Name) {
		errs = append(errs, fmt.Errorf("its name %q is invalid: set Name to up to 63 letters, digits, hyphens, dots "+
			"and underscores", r.Name))
	}
	if r.TLSPolicy != "" && r.TLSPolicy != "Optional" && r.TLSPolicy != "Require" {
		errs = append(errs, fmt.Errorf("TLSPolicy %q is unknown: use Optional or Require", r.TLSPolicy))
	}
	if slices.Contains(r.Recipients, "") {
		errs = append(errs, errors.New("a recipient is empty: use an address or a domain, or no recipients for all"))
	}
	for _, arn := range []struct {
		name  string
		value any
	}{
		{"TopicArn", r.TopicArn},
		{"BodyStorageOptions.TopicArn", r.BodyStorageOptions.TopicArn},
		{"BodyStorageOptions.KmsKeyArn", r.BodyStorageOptions.KmsKeyArn},
	} {
		if arn.value != nil && !expression.Is(arn.value) {
			errs = append(errs, fmt.Errorf("%s %v is invalid: use an ARN or a CloudFormation intrinsic", arn.name,
				arn.value))
		}
	}
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}

func checkInvocationType(kind string) error {
	if kind == "" || kind == "Event" || kind == "RequestResponse" {
		return nil
	}
	return fmt.Errorf("InvocationType %q is unknown: use Event or RequestResponse", kind)
}
