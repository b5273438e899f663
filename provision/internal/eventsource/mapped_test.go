package eventsource

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

const jobs = "arn:aws:sqs:eu-west-1:123456789012:jobs"

func TestASourceTwice(t *testing.T) {
	template := cloudformation.NewTemplate("")
	mapping := mapped{&sparta.EventSourceMapping{EventSourceArn: jobs}}
	if err := mapping.addTo(template, Target{ID: "Worker"}); err != nil {
		t.Fatal(err)
	}
	const want = "event source mapping of " + jobs + ": " +
		"the function has another mapping of the same source: remove one"
	if err := mapping.addTo(template, Target{ID: "Worker"}); err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
}

// A cluster has several topics, and each can have a mapping.
func TestMappingsOfOneClusterHaveDifferentIDs(t *testing.T) {
	template := cloudformation.NewTemplate("")
	for _, topic := range []string{"orders", "order.s", "orders.dead"} {
		mapping := mapped{&sparta.EventSourceMapping{
			EventSourceArn: "arn:aws:kafka:eu-west-1:123456789012:cluster/events/1", Topics: []string{topic},
			StartingPosition: "LATEST",
		}}
		if err := mapping.addTo(template, Target{ID: "Worker"}); err != nil {
			t.Error(err)
		}
	}
	wrong := mapped{&sparta.EventSourceMapping{EventSourceArn: jobs, BatchSize: -1}}
	err := wrong.addTo(template, Target{ID: "Worker"})
	if err == nil || !strings.HasPrefix(err.Error(), "event source mapping of "+jobs+": BatchSize") {
		t.Errorf("error is %v", err)
	}
}
