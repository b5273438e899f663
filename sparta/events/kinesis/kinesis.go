// Package kinesis has the original's events of Kinesis streams.
package kinesis

// Event is a batch of records.
type Event struct {
	Records []EventRecord
}

// EventRecord is a record, and the stream that it was read from.
type EventRecord struct {
	EventID           string  `json:"eventID"`
	EventName         string  `json:"eventName"`
	EventVersion      string  `json:"eventVersion"`
	EventSource       string  `json:"eventSource"` // aws:kinesis
	EventSourceARN    string  `json:"eventSourceARN"`
	InvokeIdentityARN string  `json:"invokeIdentityArn"`
	AWSRegion         string  `json:"awsRegion"`
	Kinesis           Kinesis `json:"kinesis"`
}

// Kinesis is what a producer has written.
type Kinesis struct {
	PartitionKey         string `json:"partitionKey"`
	KinesisSchemaVersion string `json:"kinesisSchemaVersion"`
	Data                 string `json:"data"` // in base64
	SequenceNumber       string `json:"sequenceNumber"`
}
