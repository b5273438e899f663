package customresource

import (
	"embed"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

//go:embed python/*.py
var modules embed.FS

// Limits of the functions, in seconds. CloudFormation waits longer than a function may run: Lambda may start it late,
// and starts it again if its answer does not reach CloudFormation.
const (
	timeout        = 120
	serviceTimeout = 600
)

// Kind is a kind of custom resource. A stack has one function for all resources of a kind.
type Kind struct {
	id      string // prefix of the logical IDs of its own resources
	module  string
	actions []string // that the module's role has to allow for each resource
}

// Notifications is the kind that makes buckets notify functions. Its properties are Bucket, a name or an ARN; Account,
// the account that owns the bucket; OfStack, true if the bucket is in the stack; and Notifications, a list of objects
// with Name, Function, Events, Prefix and Suffix.
func Notifications() Kind {
	return Kind{
		id: "SpartaNotifications", module: "notifications.py",
		actions: []string{"s3:GetBucketNotification", "s3:PutBucketNotification"},
	}
}

// RuleSets is the kind that finds the active set of receipt rules, or creates one. It has no properties. Its attribute
// RuleSetName is the name of the set.
func RuleSets() Kind {
	return Kind{
		id: "SpartaRuleSets", module: "rulesets.py",
		actions: []string{
			"ses:DescribeActiveReceiptRuleSet", "ses:DescribeReceiptRuleSet", "ses:CreateReceiptRuleSet",
			"ses:SetActiveReceiptRuleSet", "ses:DeleteReceiptRuleSet",
		},
	}
}

// Contents is the kind that empties a bucket before it is deleted. Its property Bucket is the bucket's name.
func Contents() Kind {
	return Kind{
		id: "SpartaContents", module: "contents.py",
		actions: []string{"s3:ListBucketVersions", "s3:DeleteObject", "s3:DeleteObjectVersion"},
	}
}

// Associations is the kind that lets an existing distribution run functions at edge locations. Its properties are
// Distribution, an ID, and Associations, a list of objects with Function (the ARN of a version), EventType, PathPattern
// (of a cache behavior that exists; without it, the default one) and IncludeBody.
func Associations() Kind {
	return Kind{
		id: "SpartaAssociations", module: "associations.py",
		actions: []string{"cloudfront:GetDistributionConfig", "cloudfront:UpdateDistribution"},
	}
}

func kinds() []Kind { return []Kind{Notifications(), RuleSets(), Contents(), Associations()} }

// IsLogGroup reports whether a logical ID is that of a kind's log group, which has no logs of the application.
func IsLogGroup(id string) bool {
	return slices.ContainsFunc(kinds(), func(kind Kind) bool { return id == kind.id+"LogGroup" })
}

// source is the module, followed by the code that all modules share. It is part of the template, where code is limited
// to 4 MB.
func (k Kind) source() (string, error) {
	var text string
	for _, name := range []string{k.module, "answer.py"} {
		part, err := modules.ReadFile("python/" + name)
		if err != nil {
			return "", fmt.Errorf("read the module of a custom resource: %w", err)
		}
		text += string(part)
	}
	return text, nil
}

// AddTo adds the kind's function, role and log group to a template, once.
func (k Kind) AddTo(template *cloudformation.Template) error {
	source, err := k.source()
	if err != nil {
		return err
	}
	resources := map[string]*cloudformation.Resource{
		k.id + "LogGroup": {
			Type: "AWS::Logs::LogGroup", DeletionPolicy: cloudformation.Delete,
			UpdateReplacePolicy: cloudformation.Delete,
			Properties: map[string]any{
				"LogGroupName":    cloudformation.Sub("/aws/lambda/${AWS::StackName}-" + k.id),
				"RetentionInDays": 30,
			},
		},
		k.id + "Role": {Type: "AWS::IAM::Role", Properties: map[string]any{
			"AssumeRolePolicyDocument": iam.Policy(map[string]any{
				"Effect":    "Allow",
				"Principal": map[string]any{"Service": []string{"lambda.amazonaws.com"}},
				"Action":    "sts:AssumeRole",
			}),
			"Policies": []any{map[string]any{
				"PolicyName": "logs",
				"PolicyDocument": iam.Policy(iam.Allow(cloudformation.GetAtt{k.id + "LogGroup", "Arn"},
					"logs:CreateLogStream", "logs:PutLogEvents")),
			}},
		}},
		k.id + "Function": {Type: "AWS::Lambda::Function", Properties: map[string]any{
			"Description":   "Custom resources of the stack's template",
			"Runtime":       elfcheck.Newest(),
			"Handler":       "index.handler",
			"Code":          map[string]any{"ZipFile": source},
			"Role":          cloudformation.GetAtt{k.id + "Role", "Arn"},
			"Timeout":       timeout,
			"MemorySize":    256,
			"LoggingConfig": map[string]any{"LogGroup": cloudformation.Ref(k.id + "LogGroup")},
		}},
	}
	for id, resource := range resources {
		if err := template.Add(id, resource); err != nil {
			return err
		}
	}
	return nil
}

// Add adds a resource of the kind, with the policy that lets the kind's function make it. The list dependsOn has what
// the resource depends on in addition to what its properties refer to.
func (k Kind) Add(
	template *cloudformation.Template, id string, properties map[string]any, resource any, dependsOn ...string,
) error {
	return k.AddAllowing(template, id, properties, []map[string]any{k.Allow(resource)}, dependsOn...)
}

// Allow is the statement that lets the kind's function make a resource.
func (k Kind) Allow(resource any) map[string]any { return iam.Allow(resource, k.actions...) }

// AddAllowing is Add with the statements of the policy.
func (k Kind) AddAllowing(
	template *cloudformation.Template, id string, properties map[string]any, statements []map[string]any,
	dependsOn ...string,
) error {
	properties["ServiceToken"] = cloudformation.GetAtt{k.id + "Function", "Arn"}
	properties["ServiceTimeout"] = serviceTimeout
	// A policy in the role itself would be removed, or changed for another bucket, before the resource is deleted.
	err := template.Add(id+"Policy", &cloudformation.Resource{Type: "AWS::IAM::Policy", Properties: map[string]any{
		"PolicyName":     id,
		"Roles":          []any{cloudformation.Ref(k.id + "Role")},
		"PolicyDocument": iam.Policy(statements...),
	}})
	if err != nil {
		return err
	}
	return template.Add(id, &cloudformation.Resource{
		Type: "AWS::CloudFormation::CustomResource", Properties: properties,
		DependsOn: append([]string{id + "Policy"}, dependsOn...),
	})
}

// Permissions are the actions that deploying custom resources requires, besides those of functions and roles.
func Permissions() []string { return []string{"lambda:InvokeFunction"} }
