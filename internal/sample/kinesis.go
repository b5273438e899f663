package sample

import "encoding/base64"

// kinesis returns the source whose sample is a record of a stream.
func kinesis() source {
	return source{"kinesis", func(s service) any {
		return object{"Records": []any{object{
			"kinesis": object{
				"kinesisSchemaVersion":        "1.0",
				"partitionKey":                "1",
				"sequenceNumber":              "49590338271490256608559692538361571095921575989136588898",
				"data":                        encoded(`{"click": "home"}`),
				"approximateArrivalTimestamp": float64(seconds) + 0.25,
			},
			"eventSource":       "aws:kinesis",
			"eventVersion":      "1.0",
			"eventID":           "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
			"eventName":         "aws:kinesis:record",
			"invokeIdentityArn": "arn:aws:iam::" + account + ":role/" + s.name,
			"awsRegion":         region,
			"eventSourceARN":    s.arn(s.mapping("kinesis").EventSourceArn, inRegion("kinesis")+"stream/", "clicks"),
		}}}
	}}
}

// encoded returns a text in base64, as in the events of sources that carry bytes.
func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
