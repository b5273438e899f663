package physicalname

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// rule is what AWS requires of the names of a type of resource.
type rule struct {
	property string // its path, with dots
	pattern  *regexp.Regexp
	use      string
}

// rules have the names that are likely to contain the stack's, by types. They agree with CloudFormation's schemas as
// cfn-lint has them (November 2026), and where these have no limit, for access controls, dashboards, topics, queues and
// the characters of state machines, with the services' API references.
var rules = map[string]rule{
	"AWS::S3::Bucket": {"BucketName", bucketPattern, useBucket},
	customResource:    {"Bucket", bucketPattern, useBucket},
	"AWS::CloudFront::Function": {
		"Name", regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`), "use up to 64 letters, digits, - and _",
	},
	"AWS::CloudFront::OriginAccessControl": {
		"OriginAccessControlConfig.Name", regexp.MustCompile(`^.{1,64}$`), "use up to 64 characters",
	},
	"AWS::CloudWatch::Dashboard": {
		"DashboardName", regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`), "use up to 255 letters, digits, - and _",
	},
	"AWS::Events::Rule": {
		"Name", regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`), "use up to 64 letters, digits, dots, - and _",
	},
	"AWS::IAM::Role": {
		"RoleName", regexp.MustCompile(`^[A-Za-z0-9_+=,.@-]{1,64}$`), "use up to 64 letters, digits and _+=,.@-",
	},
	"AWS::Kinesis::Stream": {
		"Name", regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`), "use up to 128 letters, digits, dots, - and _",
	},
	"AWS::Lambda::Function": {
		"FunctionName", regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`), "use up to 64 letters, digits, - and _",
	},
	"AWS::Logs::LogGroup": {
		"LogGroupName", regexp.MustCompile(`^[A-Za-z0-9._/#-]{1,512}$`), "use up to 512 letters, digits and ._/#-",
	},
	"AWS::Scheduler::Schedule": {
		"Name", regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`), "use up to 64 letters, digits, dots, - and _",
	},
	"AWS::StepFunctions::StateMachine": {
		"StateMachineName", regexp.MustCompile("^[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/]{1,80}$"),
		"use up to 80 letters, digits, dots, - and _",
	},
	"AWS::SNS::Topic": {
		"TopicName", regexp.MustCompile(`^[A-Za-z0-9_-]{1,251}([A-Za-z0-9_-]{0,5}|\.fifo)$`),
		"use up to 256 letters, digits, - and _",
	},
	"AWS::SQS::Queue": {
		"QueueName", regexp.MustCompile(`^[A-Za-z0-9_-]{1,75}([A-Za-z0-9_-]{0,5}|\.fifo)$`),
		"use up to 80 letters, digits, - and _",
	},
}

var bucketPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// customResource is the type of the resource that makes an existing bucket notify functions.
const customResource = "AWS::CloudFormation::CustomResource"

const useBucket = "use 3 to 63 lower-case letters, digits, hyphens and dots"

// Stack is the stack of a template.
type Stack struct {
	Name   string // empty if it is not known
	Region string // empty if it is not known
}

// Check returns an error, with a line for each name, if a name that contains the stack's is not one that AWS accepts.
// CloudFormation would report it only when it creates the resource.
func Check(template *cloudformation.Template, stack Stack) error {
	if stack.Name == "" {
		return nil
	}
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		if resource == nil {
			continue
		}
		limits, known := rules[resource.Type]
		// A custom resource of the user's may have another kind of bucket.
		if !known || resource.Type == customResource && resource.Properties["Notifications"] == nil {
			continue
		}
		value, err := property(resource.Properties, limits.property)
		if err != nil {
			continue // the template cannot be written either
		}
		name, contains := stack.render(value)
		if _, bucket, isARN := strings.Cut(name, ":::"); isARN && limits.pattern == bucketPattern {
			name = bucket
		}
		if contains && !limits.pattern.MatchString(name) {
			errs = append(errs, fmt.Errorf("resource %s (%s): %s would be %q in stack %s, which is invalid: %s: "+
				"change it, or the stack's name (SPARTA_STACK, -stack)",
				id, resource.Type, limits.property, name, stack.Name, limits.use))
		}
	}
	return errors.Join(errs...)
}
