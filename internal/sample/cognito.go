package sample

// cognito returns the source whose sample is what a user pool sends before it accepts a registration.
func cognito() source {
	return source{"cognito", func(s service) any {
		pool := region + "_EXAMPLE"
		if arn, isText := s.caller("cognito-idp.amazonaws.com")["sourceArn"].(string); isText {
			pool = nameIn(arn)
		}
		return object{
			"version":       "1",
			"triggerSource": "PreSignUp_SignUp",
			"region":        region,
			"userPoolId":    pool,
			"userName":      "jane",
			"callerContext": object{"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1example23456789"},
			"request": object{
				"userAttributes": object{"email": "jane@example.com"},
				"validationData": nil,
			},
			"response": object{"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false},
		}
	}}
}

// caller returns the fields of the permission of a principal, or no fields.
func (s service) caller(principal string) object {
	for _, permission := range s.permissions {
		if permission.fields["principal"] == principal {
			return permission.fields
		}
	}
	return object{}
}
