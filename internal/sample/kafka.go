package sample

import "strings"

// kafka returns the source whose sample is a record of a topic of a cluster that does not belong to MSK.
func kafka() source {
	return source{"kafka", func(s service) any {
		m := s.mapping("self-managed")
		servers := "b-1.example.com:9092"
		if m.SelfManagedEventSource != nil {
			servers = strings.Join(m.SelfManagedEventSource.Endpoints.KafkaBootstrapServers, ",")
		}
		event := kafkaEvent(first(m.Topics, "orders"))
		event["eventSource"] = "SelfManagedKafka"
		event["bootstrapServers"] = servers
		return event
	}}
}

// kafkaEvent returns an event with a record of a topic, as both kinds of clusters send it.
func kafkaEvent(topic string) object {
	return object{"records": object{topic + "-0": []any{object{
		"topic":         topic,
		"partition":     0,
		"offset":        15,
		"timestamp":     int64(millis),
		"timestampType": "CREATE_TIME",
		"key":           encoded("1"),
		"value":         encoded(`{"order": 1}`),
		"headers":       []any{object{"kind": []int{111, 114, 100, 101, 114}}},
	}}}}
}
