package template

import (
	"cmp"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// capacity is what Lambda provides for a function: memory, time, storage, concurrency.
type capacity struct{ absent }

func (capacity) configure(f function, resource *cloudformation.Resource) {
	o := f.options
	resource.Properties["MemorySize"] = cmp.Or(o.MemorySize, sparta.DefaultMemorySize)
	resource.Properties["Timeout"] = cmp.Or(o.Timeout, sparta.DefaultTimeout)
	if o.EphemeralStorage != 0 {
		resource.Properties["EphemeralStorage"] = map[string]any{"Size": o.EphemeralStorage}
	}
	if o.ReservedConcurrentExecutions != 0 {
		resource.Properties["ReservedConcurrentExecutions"] = max(o.ReservedConcurrentExecutions, 0)
	}
}

func (capacity) permissions() []string {
	return []string{"lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency"}
}

func (capacity) facts(f function) []show.Fact {
	o := f.options
	facts := []show.Fact{
		{Name: "Memory", Value: fmt.Sprintf("%d MB", cmp.Or(o.MemorySize, sparta.DefaultMemorySize))},
		{Name: "Timeout", Value: fmt.Sprintf("%d s", cmp.Or(o.Timeout, sparta.DefaultTimeout))},
		{Name: "Storage", Value: fmt.Sprintf("%d MB", cmp.Or(o.EphemeralStorage, sparta.DefaultEphemeralStorage))},
	}
	switch reserved := o.ReservedConcurrentExecutions; {
	case reserved > 0:
		facts = append(facts, show.Fact{Name: "Concurrency reserved", Value: fmt.Sprint(reserved)})
	case reserved == sparta.ReserveNothing:
		facts = append(facts, show.Fact{Name: "Concurrency reserved", Value: "0: the function does not run"})
	}
	return facts
}
