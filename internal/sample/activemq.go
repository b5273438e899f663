package sample

// activeMQ returns the source whose sample is a message of a queue of an ActiveMQ broker.
func activeMQ() source {
	return source{"activemq", func(s service) any {
		m := s.mapping("mq")
		return object{
			"eventSource":    "aws:mq",
			"eventSourceArn": brokerARN(s),
			"messages": []any{object{
				"messageID":     "ID:b-" + id + "-1.mq." + region + ".amazonaws.com-37557-1:4:1:1:1",
				"messageType":   "jms/text-message",
				"deliveryMode":  1,
				"replyTo":       nil,
				"type":          nil,
				"expiration":    60000,
				"priority":      1,
				"correlationId": "myJMSCoID",
				"redelivered":   false,
				"destination":   object{"physicalName": first(m.Queues, "todo")},
				"data":          encoded(`{"order": 1}`),
				"timestamp":     int64(millis),
				"brokerInTime":  int64(millis),
				"brokerOutTime": int64(millis) + 1,
				"properties":    object{"index": "1"},
			}},
		}
	}}
}

// brokerARN returns the ARN of the service's broker.
func brokerARN(s service) string {
	return s.arn(s.mapping("mq").EventSourceArn, inRegion("mq")+"broker:", "jobs:b-"+id)
}
