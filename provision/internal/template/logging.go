package template

import "github.com/go-sparta/sparta/cloudformation"

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

func (logging) facts(f function) []Fact {
	c := f.options.LoggingConfig
	if c == nil {
		return nil
	}
	return given(
		Fact{"Log format", c.LogFormat},
		Fact{"Log level of the application", c.ApplicationLogLevel},
		Fact{"Log level of the system", c.SystemLogLevel},
	)
}
