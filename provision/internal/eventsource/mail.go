package eventsource

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// ruleSetID is the logical ID of the custom resource for the active set of receipt rules, and of an output.
const ruleSetID = "SESRuleSet"

// mail is the mail that SES receives.
type mail struct{ sparta.SESPermission }

func (s mail) addTo(template *cloudformation.Template, target Target) error {
	if err := addRuleSet(template); err != nil {
		return err
	}
	after, err := s.addStorage(template)
	if err != nil {
		return err
	}
	permission := target.ID + "SESPermission"
	if template.Resources[permission] == nil {
		base := sparta.BasePermission{SourceArn: s.rules()}
		if err := addPermission(template, target, "SES", "ses.amazonaws.com", base); err != nil {
			return err
		}
		template.Resources[permission].Properties["SourceAccount"] = s.account()
	}
	after = append(after, permission)
	previous := ""
	for _, rule := range s.ReceiptRules {
		id := target.ID + logicalid.Capitalized(logicalid.Letters(rule.Name)) + "ReceiptRule"
		properties := map[string]any{
			"RuleSetName": cloudformation.GetAtt{ruleSetID, "RuleSetName"},
			"Rule":        s.rule(rule, target),
		}
		if previous != "" {
			properties["After"] = cloudformation.Ref(previous)
		}
		err := template.Add(id, &cloudformation.Resource{
			Type: "AWS::SES::ReceiptRule", DependsOn: after, Properties: properties,
		})
		if err != nil {
			return err
		}
		previous = id
	}
	return nil
}

// addRuleSet adds the active set of receipt rules, once.
func addRuleSet(template *cloudformation.Template) error {
	if known := template.Resources[ruleSetID]; known != nil && known.Type == "AWS::CloudFormation::CustomResource" {
		return nil
	}
	kind := customresource.RuleSets()
	if err := kind.AddTo(template); err != nil {
		return err
	}
	// Policies cannot name a set of rules: SES has no ARNs for them.
	if err := kind.Add(template, ruleSetID, map[string]any{}, "*"); err != nil {
		return err
	}
	template.Outputs[ruleSetID] = cloudformation.Output{
		Description: "Set of receipt rules that contains the stack's rules",
		Value:       cloudformation.GetAtt{ruleSetID, "RuleSetName"},
	}
	return nil
}

// account is the account whose rules invoke the function.
func (s mail) account() any {
	if s.SourceAccount != "" {
		return s.SourceAccount
	}
	return cloudformation.AccountID
}

// rules is the ARN of all rules of the set.
func (s mail) rules() any {
	return cloudformation.SubWith{
		Text: "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:receipt-rule-set/${RuleSet}:receipt-rule/*",
		Values: map[string]any{
			"RuleSet": cloudformation.GetAtt{ruleSetID, "RuleSetName"},
		},
	}
}

// rule is a receipt rule. CloudFormation chooses its name, so that it is unique in the set.
func (s mail) rule(rule sparta.ReceiptRule, target Target) map[string]any {
	invocation := map[string]any{
		"FunctionArn":    target.arn(),
		"InvocationType": cmp.Or(rule.InvocationType, s.InvocationType, "Event"),
	}
	if rule.TopicArn != nil {
		invocation["TopicArn"] = rule.TopicArn
	}
	var actions []any
	if options := rule.BodyStorageOptions; s.MessageBodyStorage != nil && !options.DisableStorage {
		storing := map[string]any{"BucketName": s.bucketName()}
		if options.ObjectKeyPrefix != "" {
			storing["ObjectKeyPrefix"] = options.ObjectKeyPrefix
		}
		if options.KmsKeyArn != nil {
			storing["KmsKeyArn"] = options.KmsKeyArn
		}
		if options.TopicArn != nil {
			storing["TopicArn"] = options.TopicArn
		}
		actions = append(actions, map[string]any{"S3Action": storing})
	}
	properties := map[string]any{
		"Enabled":     !rule.Disabled,
		"ScanEnabled": !rule.ScanDisabled,
		"TlsPolicy":   cmp.Or(rule.TLSPolicy, "Optional"),
		"Actions":     append(actions, map[string]any{"LambdaAction": invocation}),
	}
	if len(rule.Recipients) > 0 {
		properties["Recipients"] = rule.Recipients
	}
	return properties
}

func (s mail) bucketName() any {
	if id := s.MessageBodyStorage.LogicalName; id != "" {
		return cloudformation.Ref(id)
	}
	return s.MessageBodyStorage.BucketName
}

// addStorage adds the bucket of mails with its policy, unless another function's permission has. It returns the logical
// IDs that rules which write to the bucket depend on.
func (s mail) addStorage(template *cloudformation.Template) ([]string, error) {
	if s.MessageBodyStorage == nil || s.MessageBodyStorage.LogicalName == "" {
		return nil, nil
	}
	id := s.MessageBodyStorage.LogicalName
	policy := id + "SESPolicy"
	if template.Resources[policy] != nil {
		return []string{policy}, nil
	}
	if known := template.Resources[id]; known == nil {
		template.Resources[id] = &cloudformation.Resource{
			Type: "AWS::S3::Bucket", DeletionPolicy: cloudformation.RetainExceptOnCreate,
			UpdateReplacePolicy: cloudformation.Retain,
			Properties: map[string]any{"PublicAccessBlockConfiguration": map[string]any{
				"BlockPublicAcls": true, "BlockPublicPolicy": true,
				"IgnorePublicAcls": true, "RestrictPublicBuckets": true,
			}},
		}
	} else if known.Type != "AWS::S3::Bucket" {
		return nil, fmt.Errorf("LogicalName %s of MessageBodyStorage is a resource of type %s: use another name, or "+
			"that of a bucket", id, known.Type)
	}
	for other, resource := range template.Resources {
		if resource == nil || resource.Type != "AWS::S3::BucketPolicy" {
			continue
		}
		if targets, err := cloudformation.References(resource.Properties["Bucket"]); err == nil && len(targets) == 1 &&
			targets[0] == id {
			return []string{other}, nil // a bucket has only one policy, and a hook has added it
		}
	}
	statement := iam.Allow(s.MessageBodyStorage.BucketArnAllKeys(), "s3:PutObject")
	statement["Principal"] = map[string]any{"Service": "ses.amazonaws.com"}
	statement["Condition"] = map[string]any{
		"StringEquals": map[string]any{"aws:SourceAccount": s.account()},
		"ArnLike":      map[string]any{"aws:SourceArn": s.rules()},
	}
	return []string{policy}, template.Add(policy, &cloudformation.Resource{
		Type: "AWS::S3::BucketPolicy", Properties: map[string]any{
			"Bucket": cloudformation.Ref(id), "PolicyDocument": iam.Policy(statement),
		},
	})
}

func (mail) statements(*cloudformation.Template) []map[string]any { return nil }

func (mail) permissions() []string {
	actions := append(permissionActions(), customresource.Permissions()...)
	return append(actions, "ses:CreateReceiptRule", "ses:DescribeReceiptRule", "ses:UpdateReceiptRule",
		"ses:DeleteReceiptRule", "ses:SetReceiptRulePosition", "s3:CreateBucket", "s3:PutBucketPublicAccessBlock",
		"s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucketPolicy")
}

func (s mail) neighbour() show.Neighbour {
	var names []string
	for _, rule := range s.ReceiptRules {
		names = append(names, rule.Name)
	}
	title := strings.Join(names, ", ")
	return show.Neighbour{Invokes: true, Name: "SES " + title, Title: title, Subtitle: "SES", Sample: "ses"}
}

func (s mail) facts() []show.Fact {
	var facts []show.Fact
	for _, rule := range s.ReceiptRules {
		facts = append(facts, show.Fact{Name: "SES rule " + rule.Name, Value: s.words(rule)})
	}
	if s.MessageBodyStorage != nil {
		facts = append(facts, show.Fact{Name: "Mails in bucket", Value: show.Expression(s.bucketName())})
	}
	return facts
}

// words are a rule in words.
func (s mail) words(rule sparta.ReceiptRule) string {
	words := []string{"mail to " + cmp.Or(strings.Join(rule.Recipients, ", "), "all verified domains")}
	if rule.Disabled {
		words = append(words, "disabled")
	}
	if rule.ScanDisabled {
		words = append(words, "not scanned")
	}
	if rule.TLSPolicy == "Require" {
		words = append(words, "over TLS")
	}
	words = append(words, cmp.Or(rule.InvocationType, s.InvocationType, "Event"))
	if s.SourceAccount != "" {
		words = append(words, "account "+s.SourceAccount)
	}
	for _, detail := range []struct {
		name  string
		value any
	}{
		{"notifies", rule.TopicArn},
		{"stored with prefix", rule.BodyStorageOptions.ObjectKeyPrefix},
		{"encrypted with", rule.BodyStorageOptions.KmsKeyArn},
		{"notifies of stored mail", rule.BodyStorageOptions.TopicArn},
	} {
		if detail.value != nil && detail.value != "" {
			words = append(words, detail.name+" "+show.Expression(detail.value))
		}
	}
	if rule.BodyStorageOptions.DisableStorage {
		words = append(words, "not stored")
	}
	return strings.Join(words, "; ")
}

// Notes returns what users should know before a deployment.
func Notes(functions []*sparta.LambdaAWSInfo) []string {
	for _, info := range functions {
		for _, permission := range info.Permissions {
			if _, isMail := permission.(sparta.SESPermission); isMail {
				return []string{"SES: the receipt rules go into the account's active set of rules; " +
					"if none is active, the stack creates one and activates it (output " + ruleSetID + " has the name)"}
			}
		}
	}
	return nil
}
