package sample

import "cmp"

// documentDB returns the source whose sample is a document that was added to a collection.
func documentDB() source {
	return source{"documentdb", func(s service) any {
		m := s.mapping("rds")
		database, collection := "shop", "orders"
		if config := m.DocumentDBEventSourceConfig; config != nil {
			database, collection = config.DatabaseName, cmp.Or(config.CollectionName, collection)
		}
		return object{
			"eventSourceArn": s.arn(m.EventSourceArn, inRegion("rds")+"cluster:", "documents"),
			"events": []any{object{"event": object{
				"_id":           object{"_data": "0163eeb6e7000000090100000009000041e1"},
				"clusterTime":   object{"$timestamp": object{"t": seconds, "i": 9}},
				"documentKey":   object{"_id": object{"$oid": "63eeb6e7d418cd98afb1c1d7"}},
				"fullDocument":  object{"_id": object{"$oid": "63eeb6e7d418cd98afb1c1d7"}, "order": 1},
				"ns":            object{"db": database, "coll": collection},
				"operationType": "insert",
			}}},
			"eventSource": "aws:docdb",
		}
	}}
}
