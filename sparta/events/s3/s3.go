// Package s3 has the original's events of S3 buckets. The events of aws-lambda-go have more fields.
package s3

// Event is an event of a bucket.
type Event struct {
	Records []EventRecord
}

// EventRecord is what happened to one object.
type EventRecord struct {
	EventVersion string `json:"eventVersion"`
	EventSource  string `json:"eventSource"` // aws:s3
	EventName    string `json:"eventName"`   // for example ObjectCreated:Put
	EventTime    string `json:"eventTime"`
	Region       string `json:"awsRegion"`
	S3           S3     `json:"s3"`
}

// S3 names the object, its bucket, and the configuration that sent the event.
type S3 struct {
	SchemaVersion   string `json:"s3SchemaVersion"`
	ConfigurationID string `json:"configurationId"`
	Bucket          Bucket `json:"bucket"`
	Object          Object `json:"object"`
}

// Bucket is a bucket.
type Bucket struct {
	Name          string             `json:"name"`
	Arn           string             `json:"arn"`
	OwnerIdentity EventOwnerIdentity `json:"ownerIdentity"`
}

// EventOwnerIdentity is the owner of a bucket.
type EventOwnerIdentity struct {
	PrincpalID string `json:"principalId"` // the original's spelling
}

// Object is an object of a bucket.
type Object struct {
	Key       string `json:"key"` // encoded as in a query of a URL
	Sequencer string `json:"sequencer"`
}
