package template

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
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
	return []map[string]any{allow(functions+f.name()+":*",
		"lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState")}
}

func (durable) facts(f function) []Fact {
	c := f.options.DurableConfig
	if c == nil {
		return nil
	}
	facts := []Fact{{"Durable executions", fmt.Sprintf("up to %d s", c.ExecutionTimeout)}}
	if c.RetentionPeriodInDays != 0 {
		facts = append(facts, Fact{"Durable executions kept", fmt.Sprintf("%d days", c.RetentionPeriodInDays)})
	}
	return facts
}
