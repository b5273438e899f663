package sample

import (
	"slices"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestTheSamplesOfAFunctionsOwnSources(t *testing.T) {
	function := sparta.FunctionDescription{
		Permissions: sparta.Permissions{
			sparta.SNSPermission{},
			sparta.LambdaPermission{Principal: "lex.amazonaws.com"},
			sparta.CloudWatchEventsPermission{Rules: map[string]sparta.CloudWatchEventsRule{
				"a": {ScheduleExpression: "rate(1 day)"}, "b": {EventPattern: map[string]any{"source": []string{"x"}}},
			}},
			sparta.LambdaPermission{Principal: "unknown.amazonaws.com"},
		},
		EventSourceMappings: []*sparta.EventSourceMapping{
			{EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:a"},
			{EventSourceArn: "arn:aws:kafka:eu-west-1:123456789012:cluster/a"},
		},
		EdgeAssociations: []sparta.EdgeAssociation{{EventType: "viewer-request"}},
	}
	want := []string{"sns", "lex", "schedule", "eventbridge", "sqs", "msk", "viewer-request"}
	got := Own(function)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range got {
		if !slices.Contains(Names(), name) {
			t.Errorf("there is no sample %s", name)
		}
	}
}
