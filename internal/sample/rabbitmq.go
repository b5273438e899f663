package sample

// rabbitMQ returns the source whose sample is a message of a queue of a RabbitMQ broker.
func rabbitMQ() source {
	return source{"rabbitmq", func(s service) any {
		m := s.mapping("mq")
		host := "/"
		for _, access := range m.SourceAccessConfigurations {
			if text, isText := access.URI.(string); isText && access.Type == "VIRTUAL_HOST" {
				host = text
			}
		}
		return object{
			"eventSource":    "aws:rmq",
			"eventSourceArn": brokerARN(s),
			"rmqMessagesByQueue": object{first(m.Queues, "todo") + "::" + host: []any{object{
				"basicProperties": object{
					"contentType":     "application/json",
					"contentEncoding": nil,
					"headers":         object{},
					"deliveryMode":    1,
					"priority":        34,
					"correlationId":   nil,
					"replyTo":         nil,
					"expiration":      "60000",
					"messageId":       nil,
					"timestamp":       "Jan 1, 2026, 12:00:00 PM",
					"type":            nil,
					"userId":          "shop",
					"appId":           nil,
					"clusterId":       nil,
					"bodySize":        12,
				},
				"redelivered": false,
				"data":        encoded(`{"order": 1}`),
			}}},
		}
	}}
}
