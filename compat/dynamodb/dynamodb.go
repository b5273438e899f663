// Package dynamodb has the original's events of DynamoDB streams, with values of the AWS SDK v1.
package dynamodb

import "github.com/aws/aws-sdk-go/service/dynamodb"

// Event is a batch of records.
type Event struct {
	Records []EventRecord
}

// EventRecord is a change of an item, and the stream that it was read from.
type EventRecord struct {
	EventID        string   `json:"eventID"`
	EventName      string   `json:"eventName"` // INSERT, MODIFY or REMOVE
	EventVersion   string   `json:"eventVersion"`
	EventSource    string   `json:"eventSource"` // aws:dynamodb
	EventSourceARN string   `json:"eventSourceARN"`
	AWSRegion      string   `json:"awsRegion"`
	DynamoDB       DynamoDB `json:"dynamodb"`
}

// DynamoDB is an item before and after a change, as far as the stream has both.
type DynamoDB struct {
	Keys     map[string]dynamodb.AttributeValue
	NewImage map[string]dynamodb.AttributeValue
	OldImage map[string]dynamodb.AttributeValue
}
