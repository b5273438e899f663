package sparta

import (
	"strings"
	"testing"
)

// What is wrong with event source mappings and asynchronous invocations whatever the template has.
func TestProblemsOfEvents(t *testing.T) {
	self := &EventSourceSelfManaged{}
	invoke := func(config LambdaEventInvokeConfig) *LambdaAWSInfo {
		info := HandleAWSLambda("f", func() {}, IAMRoleDefinition{})
		info.Options.EventInvokeConfig = &config
		return info
	}
	reads := func(mapping *EventSourceMapping) *LambdaAWSInfo {
		info := HandleAWSLambda("f", func() {}, IAMRoleDefinition{})
		info.EventSourceMappings = []*EventSourceMapping{mapping}
		return info
	}
	for name, test := range map[string]struct {
		info *LambdaAWSInfo
		want string // empty: it is valid
	}{
		"defaults":       {invoke(LambdaEventInvokeConfig{}), ""},
		"no retries":     {invoke(LambdaEventInvokeConfig{MaximumRetryAttempts: NoRetries}), ""},
		"three retries":  {invoke(LambdaEventInvokeConfig{MaximumRetryAttempts: 3}), "MaximumRetryAttempts of 3"},
		"less than none": {invoke(LambdaEventInvokeConfig{MaximumRetryAttempts: -1}), "MaximumRetryAttempts of -1"},
		"a minute":       {invoke(LambdaEventInvokeConfig{MaximumEventAgeInSeconds: 60}), ""},
		"less than a minute": {
			invoke(LambdaEventInvokeConfig{MaximumEventAgeInSeconds: 59}),
			"MaximumEventAgeInSeconds of 59 is out of range: use 60 to 21600",
		},
		"no destination": {
			invoke(LambdaEventInvokeConfig{DestinationConfig: &LambdaEventInvokeDestinationConfig{
				OnFailure: &LambdaEventInvokeDestination{},
			}}),
			"EventInvokeConfig.DestinationConfig.OnFailure: Destination of type <nil> is invalid",
		},
		"no source":             {reads(&EventSourceMapping{}), "EventSourceArn of type <nil> is invalid"},
		"a number as a source":  {reads(&EventSourceMapping{EventSourceArn: 1}), "EventSourceArn of type int"},
		"a mapping that is nil": {reads(nil), "event source mapping 1 is nil"},
		"two sources": {
			reads(&EventSourceMapping{EventSourceArn: "arn:aws:kafka:::", SelfManagedEventSource: self}),
			"both EventSourceArn and SelfManagedEventSource are set: clear one",
		},
		"a self-managed cluster": {reads(&EventSourceMapping{SelfManagedEventSource: self}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := Validate("Shop", []*LambdaAWSInfo{test.info})
			if (err != nil) != (test.want != "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
