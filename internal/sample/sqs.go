package sample

// sqs returns the source whose sample is two messages of a queue.
func sqs() source {
	return source{"sqs", func(s service) any {
		arn := s.arn(s.mapping("sqs").EventSourceArn, inRegion("sqs"), "jobs")
		message := func(id, body, md5 string) object {
			return object{
				"messageId":     id,
				"receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
				"body":          body,
				"attributes": object{
					"ApproximateReceiveCount":          "1",
					"SentTimestamp":                    "1767268800000",
					"SenderId":                         "AIDAIENQZJOLO23YVJ4VO",
					"ApproximateFirstReceiveTimestamp": "1767268800010",
				},
				"messageAttributes": object{},
				"md5OfBody":         md5,
				"eventSource":       "aws:sqs",
				"eventSourceARN":    arn,
				"awsRegion":         region,
			}
		}
		return object{"Records": []any{
			message("059f36b4-87a3-44ab-83d2-661975830a7d", `{"order": 1}`, "dc97bbb7eff3689c366f23d88bae9f28"),
			message("2e1424d4-f796-459a-8184-9c92662be6da", `{"order": 2}`, "f753e9c532295d7596ce49ebb8e81f8a"),
		}}
	}}
}
