package sample

// alexa returns the source whose sample is the request of a skill.
func alexa() source {
	return source{"alexa", func(s service) any {
		skill := "amzn1.ask.skill." + id
		if token, _ := s.caller("alexa-appkit.amazon.com")["eventSourceToken"].(string); token != "" {
			skill = token
		}
		application := object{"applicationId": skill}
		user := object{"userId": "amzn1.ask.account.EXAMPLE"}
		return object{
			"version": "1.0",
			"session": object{
				"new": true, "sessionId": "amzn1.echo-api.session." + id, "attributes": object{},
				"application": application, "user": user,
			},
			"context": object{"System": object{"application": application, "user": user}},
			"request": object{
				"type": "IntentRequest", "requestId": "amzn1.echo-api.request." + id, "timestamp": instant,
				"locale": "en-US",
				"intent": object{"name": "OrderIntent", "confirmationStatus": "NONE", "slots": object{}},
			},
		}
	}}
}
