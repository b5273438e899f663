package sample

// sns returns the source whose sample is a message of a topic.
func sns() source {
	return source{"sns", func(s service) any {
		topic := s.arn(s.permission("SNSPermission")["sourceArn"], inRegion("sns"), "orders")
		endpoint := "https://sns." + region + ".amazonaws.com/"
		return object{"Records": []any{object{
			"EventVersion":         "1.0",
			"EventSubscriptionArn": topic + ":" + id,
			"EventSource":          "aws:sns",
			"Sns": object{
				"SignatureVersion": "1",
				"Timestamp":        "2026-01-01T12:00:00.000Z",
				"Signature":        "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j...65r==",
				"SigningCertUrl":   endpoint + "SimpleNotificationService.pem",
				"MessageId":        "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
				"Message":          `{"order": 1}`,
				"MessageAttributes": object{
					"kind": object{"Type": "String", "Value": "order"},
				},
				"Type":           "Notification",
				"UnsubscribeUrl": endpoint + "?Action=Unsubscribe&SubscriptionArn=" + topic + ":" + id,
				"TopicArn":       topic,
				"Subject":        "Order",
			},
		}}}
	}}
}
