package template

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// durable lets an execution continue where an earlier call of the function ended.
type durable struct{ absent }

// durablePython is the first Python 3 that durable functions work with.
const durablePython = 13

func (durable) check(f function) error {
	if f.options.DurableConfig != nil && f.olderThan(durablePython) {
		return fmt.Errorf("durable executions do not work with %s: use python3.%d or later", f.pkg.Python,
			durablePython)
	}
	return nil
}

func (durable) configure(f function, resource *cloudformation.Resource) {
	c := f.options.DurableConfig
	if c == nil {
		return
	}
	properties := map[string]any{"ExecutionTimeout": c.ExecutionTimeout}
	if c.RetentionPeriodInDays != 0 {
		properties["RetentionPeriodInDays"] = c.RetentionPeriodInDays
	}
	resource.Properties["DurableConfig"] = properties
}

func (durable) statements(f function) []map[string]any {
	if f.options.DurableConfig == nil {
		return nil
	}
	const functions cloudformation.Sub = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:"
	return []map[string]any{iam.Allow(functions+f.name()+":*",
		"lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState")}
}

func (durable) facts(f function) []show.Fact {
	c := f.options.DurableConfig
	if c == nil {
		return nil
	}
	facts := []show.Fact{{Name: "Durable executions", Value: fmt.Sprintf("up to %d s", c.ExecutionTimeout)}}
	if c.RetentionPeriodInDays != 0 {
		facts = append(facts, show.Fact{
			Name: "Durable executions kept", Value: fmt.Sprintf("%d days", c.RetentionPeriodInDays),
		})
	}
	return facts
}
