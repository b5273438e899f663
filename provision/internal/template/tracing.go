package template

import "github.com/go-sparta/sparta/cloudformation"

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
	return []map[string]any{allow("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords")}
}

func (tracing) facts(f function) []Fact {
	if f.options.TracingConfig == nil {
		return nil
	}
	return []Fact{{"Tracing", f.options.TracingConfig.Mode}}
}
