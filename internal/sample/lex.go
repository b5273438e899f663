package sample

// lex returns the source whose sample is an intent of a bot of Lex V2.
func lex() source {
	return source{"lex", func(service) any {
		intent := object{
			"name": "OrderPizza", "state": "InProgress", "confirmationState": "None",
			"slots": object{"Size": object{"value": object{
				"interpretedValue": "large", "originalValue": "large", "resolvedValues": []string{"large"},
			}}},
		}
		return object{
			"messageVersion":      "1.0",
			"invocationSource":    "DialogCodeHook",
			"inputMode":           "Text",
			"responseContentType": "text/plain; charset=utf-8",
			"sessionId":           "123456789012345",
			"inputTranscript":     "a large pizza",
			"bot": object{
				"id": "ABCDEFGHIJ", "name": "Pizzeria", "aliasId": "TSTALIASID", "aliasName": "TestBotAlias",
				"localeId": "en_US", "version": "DRAFT",
			},
			"interpretations":   []any{object{"intent": intent, "nluConfidence": 0.94}},
			"requestAttributes": object{},
			"sessionState": object{
				"activeContexts": []any{}, "sessionAttributes": object{}, "intent": intent,
			},
		}
	}}
}
