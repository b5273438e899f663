package stack

import (
	"regexp"
	"strings"
)

// What CloudFormation says of a resource whose name is in use, and that name.
var (
	existsReason = regexp.MustCompile(`(?i)already exists|already owned by|AlreadyExists|ResourceExistence`)
	existingName = regexp.MustCompile(`(?i)with identifier '?(?:\{"[^"]*":"([^"]+)"\}|([^' ]+))'?|` +
		`with (?:the )?name ([^ ]+)|^([^ :]+) already exists`)
	sameVersion = regexp.MustCompile(`version for this Lambda function exists \( ?([0-9]+) ?\)`)
)

// existsAdvice is what to do about a resource that was not created because its name is in use; empty for any other
// reason.
func existsAdvice(kind, physicalID, reason string) string {
	if found := sameVersion.FindStringSubmatch(reason); found != nil {
		return "version " + found[1] + " has the same code and settings, but is not in the stack, for example " +
			"because its alias was removed: if nothing uses it, delete it with `aws lambda delete-function " +
			"--function-name NAME --qualifier " + found[1] + "`, or change the code or a setting, such as Description"
	}
	if !existsReason.MatchString(reason) {
		return ""
	}
	name := physicalID
	if found := existingName.FindStringSubmatch(reason); name == "" && found != nil {
		name = strings.Join(found[1:], "")
	}
	if name == "" {
		name = "NAME"
	}
	switch kind {
	case "AWS::Logs::LogGroup":
		return "something outside of the stack, for example an earlier function, created this log group: " +
			"if its logs are not needed, delete it with `aws logs delete-log-group --log-group-name " + name +
			"`, or keep it and name it in LoggingConfig.LogGroup"
	case "AWS::S3::Bucket":
		return "bucket names are unique in all accounts: choose another name, or, if the bucket is yours and empty, " +
			"delete it with `aws s3api delete-bucket --bucket " + name + "`"
	case "AWS::IAM::Role":
		return "something outside of the stack created this role: choose another name, delete it with " +
			"`aws iam delete-role --role-name " + name + "`, or use it as an existing role"
	case FunctionType:
		return "something outside of the stack created this function: choose another name for the stack (-stack), " +
			"or delete it with `aws lambda delete-function --function-name " + name + "`"
	}
	return "something outside of the stack has this name: choose another one, or delete what has it"
}
