package sample

// msk returns the source whose sample is a record of a topic of an MSK cluster.
func msk() source {
	return source{"msk", func(s service) any {
		m := s.mapping("kafka")
		event := kafkaEvent(first(m.Topics, "orders"))
		event["eventSource"] = "aws:kafka"
		event["eventSourceArn"] = s.arn(m.EventSourceArn, inRegion("kafka")+"cluster/", "events/"+id+"-1")
		event["bootstrapServers"] = "b-1.events.kafka." + region + ".amazonaws.com:9094"
		return event
	}}
}
