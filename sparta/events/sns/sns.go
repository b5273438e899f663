// Package sns has the original's events of SNS topics.
package sns

// Event is an event of a topic.
type Event struct {
	Records []EventRecord
}

// EventRecord is one message, and the subscription that delivers it.
type EventRecord struct {
	EventSource          string // aws:sns
	EventVersion         string
	EventSubscriptionArn string
	Sns                  Sns
}

// Sns is a message.
type Sns struct {
	Type              string // Notification
	MessageID         string `json:"MessageId"`
	TopicArn          string
	Subject           string
	Message           string
	Timestamp         string
	SignatureVersion  string
	Signature         string
	SigningCertURL    string `json:"SigningCertUrl"`
	UnsubscribeURL    string `json:"UnsubscribeUrl"`
	MessageAttributes map[string]MessageAttributeValues
}

// MessageAttributeValues is an attribute of a message.
type MessageAttributeValues struct {
	Type  string
	Value string
}
