// Package ses has the original's events of received email.
package ses

import "github.com/aws/aws-lambda-go/events"

// Event is a list of messages.
type Event = events.SimpleEmailEvent

// EventRecord is a message: its headers, and what the checks of SES have found.
type EventRecord = events.SimpleEmailRecord
