package dynamodb_test

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/compat/dynamodb"
)

func TestEventsHaveTheValuesOfItems(t *testing.T) {
	var event dynamodb.Event
	err := json.Unmarshal([]byte(`{"Records": [{"eventName": "MODIFY", "dynamodb": {
		"Keys": {"id": {"N": "7"}},
		"OldImage": {"title": {"S": "old"}}, "NewImage": {"title": {"S": "new"}, "tags": {"L": [{"S": "a"}]}}
	}}]}`), &event)
	if err != nil || len(event.Records) != 1 {
		t.Fatalf("error is %v, event is %+v", err, event)
	}
	record := event.Records[0]
	if record.EventName != "MODIFY" || *record.DynamoDB.Keys["id"].N != "7" ||
		*record.DynamoDB.OldImage["title"].S != "old" || *record.DynamoDB.NewImage["title"].S != "new" ||
		*record.DynamoDB.NewImage["tags"].L[0].S != "a" {
		t.Errorf("the record is %+v", record)
	}
}
