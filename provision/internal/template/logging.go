package template

import (
	"github.com/go-sparta/sparta/cloudformation"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// logging sets the format and the levels of the function's log.
type logging struct{ absent }

func (logging) configure(f function, resource *cloudformation.Resource) {
	c := f.options.LoggingConfig
	if c == nil {
		return
	}
	properties := map[string]any{}
	for name, value := range map[string]string{
		"LogFormat": c.LogFormat, "ApplicationLogLevel": c.ApplicationLogLevel, "SystemLogLevel": c.SystemLogLevel,
	} {
		if value != "" {
			properties[name] = value
		}
	}
	if c.LogGroup != nil {
		properties["LogGroup"] = c.LogGroup
	}
	if len(properties) > 0 {
		resource.Properties["LoggingConfig"] = properties
	}
}

func (logging) facts(f function) []show.Fact {
	c := f.options.LoggingConfig
	if c == nil {
		return nil
	}
	return show.Given(
		show.Fact{Name: "Log format", Value: c.LogFormat},
		show.Fact{Name: "Log level of the application", Value: c.ApplicationLogLevel},
		show.Fact{Name: "Log level of the system", Value: c.SystemLogLevel},
	)
}
