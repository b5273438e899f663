package sample

import "strings"

// dynamoDB returns the source whose sample is an item that was added to a table, and its change.
func dynamoDB() source {
	return source{"dynamodb", func(s service) any {
		arn := s.arn(s.mapping("dynamodb").EventSourceArn, inRegion("dynamodb")+"table/", "orders")
		if !strings.Contains(arn, "/stream/") {
			arn += "/stream/2026-01-01T00:00:00.000"
		}
		record := func(name, number string, change object) object {
			change["ApproximateCreationDateTime"] = seconds
			change["Keys"] = object{"id": object{"S": "1"}}
			change["SequenceNumber"] = number
			change["SizeBytes"] = 26
			change["StreamViewType"] = "NEW_AND_OLD_IMAGES"
			return object{
				"eventID":        id,
				"eventName":      name,
				"eventVersion":   "1.1",
				"eventSource":    "aws:dynamodb",
				"awsRegion":      region,
				"dynamodb":       change,
				"eventSourceARN": arn,
			}
		}
		item := func(state string) object {
			return object{"id": object{"S": "1"}, "state": object{"S": state}, "total": object{"N": "12.5"}}
		}
		return object{"Records": []any{
			record("INSERT", "4421584500000000017450439091", object{"NewImage": item("new")}),
			record("MODIFY", "4421584500000000017450439092", object{"OldImage": item("new"), "NewImage": item("paid")}),
		}}
	}}
}
