package template

import (
	"github.com/go-sparta/sparta/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// tracing sends traces to X-Ray.
type tracing struct{ absent }

func (tracing) configure(f function, resource *cloudformation.Resource) {
	if f.options.TracingConfig != nil {
		resource.Properties["TracingConfig"] = map[string]any{"Mode": f.options.TracingConfig.Mode}
	}
}

func (tracing) statements(f function) []map[string]any {
	if f.options.TracingConfig == nil {
		return nil
	}
	// These actions have no resources.
	return []map[string]any{iam.Allow("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords")}
}

func (tracing) facts(f function) []show.Fact {
	if f.options.TracingConfig == nil {
		return nil
	}
	return []show.Fact{{Name: "Tracing", Value: f.options.TracingConfig.Mode}}
}
