package main

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// Of the event's two messages, the second is not an order.
func TestWork(t *testing.T) {
	text, err := os.ReadFile("events/example.json")
	if err != nil {
		t.Fatal(err)
	}
	var event events.SQSEvent
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	got, err := work(t.Context(), event)
	if err != nil || len(got.BatchItemFailures) != 1 ||
		got.BatchItemFailures[0].ItemIdentifier != event.Records[1].MessageId {
		t.Errorf("got %+v, %v, want the second message", got, err)
	}
}
