package trigger_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/explore/trigger"
	"github.com/go-sparta/sparta/internal/sample"
	"github.com/go-sparta/sparta/sparta"
)

var now = time.Date(2026, 11, 27, 15, 30, 0, 250e6, time.UTC)

// event makes an event from the sample of a source.
func event(t *testing.T, name, key, content string) ([]byte, error) {
	t.Helper()
	text, err := sample.Event(name, &sparta.ServiceDescription{Name: "Shop"}, "take")
	if err != nil {
		t.Fatal(err)
	}
	return trigger.Event(name, text, trigger.Input{
		Content: strings.NewReader(content), Key: key, Now: now, ID: "the-id",
	})
}

func TestEvents(t *testing.T) {
	for name, test := range map[string]struct {
		kind         trigger.Kind
		key, content string
		paths        map[string]string // JSON by path
	}{
		"sqs": {trigger.Text, "", `<b> "1"`, map[string]string{
			"Records.length":                     "1",
			"Records.0.messageId":                `"the-id"`,
			"Records.0.body":                     `"<b> \"1\""`,
			"Records.0.md5OfBody":                `"303967e96c2aea4990e8ca06ca430472"`,
			"Records.0.attributes.SentTimestamp": `"1795793400250"`,
			"Records.0.eventSource":              `"aws:sqs"`,
			"Records.0.attributes.SenderId":      `"AIDAIENQZJOLO23YVJ4VO"`,
			"Records.0.messageAttributes":        `{}`,
		}},
		"sns": {trigger.Text, "", "hello", map[string]string{
			"Records.0.Sns.Message":   `"hello"`,
			"Records.0.Sns.MessageId": `"the-id"`,
			"Records.0.Sns.Timestamp": `"2026-11-27T15:30:00.250Z"`,
			"Records.0.Sns.Type":      `"Notification"`,
		}},
		"kinesis": {trigger.Text, "", "hello", map[string]string{
			"Records.0.kinesis.data":                        `"aGVsbG8="`,
			"Records.0.kinesis.approximateArrivalTimestamp": "1795793400.25",
		}},
		"eventbridge": {trigger.Text, "", `{"n": 12345678901234567890}`, map[string]string{
			"detail": `{"n":12345678901234567890}`, "id": `"the-id"`, "time": `"2026-11-27T15:30:00Z"`,
		}},
		"schedule": {trigger.Time, "", "", map[string]string{
			"time": `"2026-11-27T15:30:00Z"`, "id": `"the-id"`, "detail-type": `"Scheduled Event"`,
		}},
		"s3": {trigger.File, "in box/ä+1.txt", "hello", map[string]string{
			"Records.0.s3.object.key":  `"in+box/%C3%A4%2B1.txt"`,
			"Records.0.s3.object.size": "5",
			"Records.0.s3.object.eTag": `"5d41402abc4b2a76b9719d911017c592"`,
			"Records.0.eventTime":      `"2026-11-27T15:30:00.250Z"`,
			"Records.0.eventName":      `"ObjectCreated:Put"`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := trigger.KindOf(name); got != test.kind {
				t.Errorf("the kind is %q, want %q", got, test.kind)
			}
			got, err := event(t, name, test.key, test.content)
			if err != nil {
				t.Fatal(err)
			}
			for path, want := range test.paths {
				if value := at(t, got, path); value != want {
					t.Errorf("%s is %s, want %s", path, value, want)
				}
			}
		})
	}
}

// at returns the JSON of what is at a path.
func at(t *testing.T, document []byte, path string) string {
	t.Helper()
	for _, part := range strings.Split(path, ".") {
		var list []json.RawMessage
		var fields map[string]json.RawMessage
		switch {
		case json.Unmarshal(document, &list) == nil && part == "length":
			document, _ = json.Marshal(len(list))
		case list != nil:
			document = list[0]
		case json.Unmarshal(document, &fields) == nil:
			document = fields[part]
		}
	}
	return string(document)
}

func TestEventsThatCannotBeMade(t *testing.T) {
	_, err := event(t, "eventbridge", "", "[1]")
	if err == nil || !strings.Contains(err.Error(), "must be a JSON object") {
		t.Errorf("the error is %v", err)
	}
	if _, err := event(t, "cognito", "", ""); err == nil || trigger.KindOf("cognito") != trigger.None {
		t.Errorf("the error is %v", err)
	}
	for name, text := range map[string]string{
		"sqs": `{"Records":[]}`, "sns": `{"Records":[{}]}`, "s3": `{"Records":["x"]}`, "kinesis": `[]`,
	} {
		_, err := trigger.Event(name, []byte(text), trigger.Input{Content: strings.NewReader("")})
		if err == nil {
			t.Errorf("%s: an event is made from %s", name, text)
		}
	}
}
