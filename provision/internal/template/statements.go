package template

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// RoleStatements are those of the role of a function that has its own.
func RoleStatements(info *sparta.LambdaAWSInfo) []map[string]any {
	f := function{info: info, id: logicalID(info.Name())}
	if info.Options != nil {
		f.options = *info.Options
	}
	return f.statements()
}

// statements are what the function's role allows: what its settings ask for,
// then what the application asks for.
func (f function) statements() []map[string]any {
	statements := []map[string]any{
		allow(logARN("${AWS::Region}", "", f), "logs:CreateLogStream", "logs:PutLogEvents"),
	}
	if f.options.Edge {
		// Each edge location has a log in its own region, which nobody makes for it.
		statements = append(statements, allow(logARN("*", edgeRegion+".", f),
			"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"))
	}
	if f.options.TracingConfig != nil {
		statements = append(statements, allow("*", // X-Ray has no resources to name
			"xray:PutTraceSegments", "xray:PutTelemetryRecords"))
	}
	if f.options.VpcConfig != nil {
		statements = append(statements, allow("*", // interfaces have no name before they are made
			"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
			"ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"))
	}
	if target := f.options.DeadLetterConfigArn; target != nil {
		statements = append(statements, allow(target, deadLetterActions(target)...))
	}
	if key := f.options.KmsKeyArn; key != "" {
		statements = append(statements, allow(key, "kms:Decrypt"))
	}
	for _, privilege := range f.info.RoleDefinition.Privileges {
		statement := allow(privilege.Resource, privilege.Actions...)
		if privilege.Condition != nil {
			statement["Condition"] = privilege.Condition
		}
		statements = append(statements, statement)
	}
	return statements
}

// deadLetterActions are what it takes to send to a queue or a topic, or both for
// an intrinsic, which may be either's.
func deadLetterActions(target any) []string {
	arn, isText := target.(string)
	switch {
	case isText && strings.Contains(arn, ":sqs:"):
		return []string{"sqs:SendMessage"}
	case isText:
		return []string{"sns:Publish"}
	}
	return []string{"sqs:SendMessage", "sns:Publish"}
}

func allow(resource any, actions ...string) map[string]any {
	return map[string]any{"Effect": "Allow", "Action": actions, "Resource": resource}
}

// logARN names the function's log group and all that is in it.
func logARN(region, prefix string, f function) cloudformation.Sub {
	return cloudformation.Sub("arn:${AWS::Partition}:logs:"+region+":${AWS::AccountId}:log-group:/aws/lambda/"+prefix) + f.name() + ":*"
}
