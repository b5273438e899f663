package sample

import "strconv"

// config returns the source whose sample is what AWS Config sends to have a changed resource evaluated.
func config() source {
	return source{"config", func(service) any {
		item := `{"configurationItem":{"configurationItemCaptureTime":"2026-01-01T12:00:00.000Z",` +
			`"awsAccountId":` + strconv.Quote(account) + `,"configurationItemStatus":"OK",` +
			`"resourceId":"i-0123456789abcdef0","ARN":"` + inRegion("ec2") + `instance/i-0123456789abcdef0",` +
			`"awsRegion":"` + region + `","resourceType":"AWS::EC2::Instance","tags":{},` +
			`"configuration":{"instanceId":"i-0123456789abcdef0"}},` +
			`"messageType":"ConfigurationItemChangeNotification"}`
		return object{
			"invokingEvent":    item,
			"ruleParameters":   `{"name":"value"}`,
			"resultToken":      "myResultToken",
			"eventLeftScope":   false,
			"executionRoleArn": "arn:aws:iam::" + account + ":role/config-role",
			"configRuleArn":    inRegion("config") + "config-rule/config-rule-0123456",
			"configRuleName":   "change-triggered-config-rule",
			"configRuleId":     "config-rule-0123456",
			"accountId":        account,
			"version":          "1.0",
		}
	}}
}
