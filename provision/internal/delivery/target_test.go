package delivery_test

import (
	"encoding/json"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/sparta"
)

// TestPropertiesAndWordsOfATarget checks what the target sends: other tests check that each setting reaches both.
func TestPropertiesAndWordsOfATarget(t *testing.T) {
	for name, test := range map[string]struct {
		target            *sparta.CloudWatchEventsRuleTarget
		properties, words string
	}{
		"no target":    {nil, `{}`, ""},
		"an empty one": {&sparta.CloudWatchEventsRuleTarget{}, `{}`, ""},
		"no retries": {
			&sparta.CloudWatchEventsRuleTarget{RetryPolicy: &sparta.EventRetryPolicy{
				MaximumRetryAttempts: sparta.NoRetries,
			}},
			`{"RetryPolicy":{"MaximumRetryAttempts":0}}`, ", 0 retries",
		},
		"a template without values": {
			&sparta.CloudWatchEventsRuleTarget{InputTransformer: &sparta.EventBridgeInputTransformer{
				InputTemplate: `"now"`,
			}},
			`{"InputTransformer":{"InputTemplate":"\"now\""}}`, `, sends "now"`,
		},
		"texts of another template library": {
			&sparta.CloudWatchEventsRuleTarget{
				Input:               json.RawMessage(`"{\"a\": 1}"`),
				DeadLetterConfigArn: json.RawMessage(`"arn:aws:sqs:eu-west-1:123456789012:lost"`),
			},
			`{"DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:lost"},"Input":"{\"a\": 1}"}`,
			`, sends {"a": 1}, dead letters to arn:aws:sqs:eu-west-1:123456789012:lost`,
		},
	} {
		target := delivery.Target{CloudWatchEventsRuleTarget: test.target}
		properties, err := json.Marshal(target.Properties())
		if err != nil || string(properties) != test.properties || target.Words() != test.words ||
			target.Check() != nil {
			t.Errorf("%s: properties %s, words %q, errors %v and %v", name, properties, target.Words(), err,
				target.Check())
		}
	}
}
