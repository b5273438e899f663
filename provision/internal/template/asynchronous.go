package template

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/destination"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// asynchronous is how Lambda handles asynchronous invocations: how often it retries, and where it reports results.
type asynchronous struct{ absent }

func (asynchronous) addTo(template *cloudformation.Template, f function) error {
	config := f.options.EventInvokeConfig
	if config == nil {
		return nil
	}
	properties := map[string]any{"FunctionName": f.ref(), "Qualifier": "$LATEST"}
	resource := &cloudformation.Resource{Type: "AWS::Lambda::EventInvokeConfig", Properties: properties}
	if alias := f.options.AliasName(); alias != "" { // sources invoke it
		properties["Qualifier"] = alias
		resource.DependsOn = []string{f.aliasID()}
	}
	if config.MaximumEventAgeInSeconds != 0 {
		properties["MaximumEventAgeInSeconds"] = config.MaximumEventAgeInSeconds
	}
	if config.MaximumRetryAttempts != 0 {
		properties["MaximumRetryAttempts"] = max(config.MaximumRetryAttempts, 0)
	}
	destinations := map[string]any{}
	for _, outcome := range destination.Outcomes(config) {
		destinations[outcome.Name] = map[string]any{"Destination": outcome.Destination}
	}
	if len(destinations) > 0 {
		properties["DestinationConfig"] = destinations
	}
	return template.Add(f.id+"EventInvokeConfig", resource)
}

func (asynchronous) permissions() []string {
	return []string{
		"lambda:PutFunctionEventInvokeConfig", "lambda:UpdateFunctionEventInvokeConfig",
		"lambda:GetFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig",
	}
}

func (asynchronous) neighbours(f function) []show.Neighbour {
	var neighbours []show.Neighbour
	for _, outcome := range destination.Outcomes(f.options.EventInvokeConfig) {
		neighbours = append(neighbours, show.Neighbour{
			Title:    show.Expression(outcome.Destination),
			Subtitle: "on " + strings.ToLower(strings.TrimPrefix(outcome.Name, "On")),
		})
	}
	return neighbours
}

func (asynchronous) facts(f function) []show.Fact {
	config := f.options.EventInvokeConfig
	if config == nil {
		return nil
	}
	var facts []show.Fact
	if config.MaximumEventAgeInSeconds != 0 {
		facts = append(facts, show.Fact{
			Name: "Oldest event", Value: fmt.Sprintf("%d s", config.MaximumEventAgeInSeconds),
		})
	}
	switch config.MaximumRetryAttempts {
	case 0:
	case sparta.NoRetries:
		facts = append(facts, show.Fact{Name: "Retries", Value: "none"})
	default:
		facts = append(facts, show.Fact{Name: "Retries", Value: fmt.Sprint(config.MaximumRetryAttempts)})
	}
	for _, outcome := range destination.Outcomes(config) {
		facts = append(facts, show.Fact{
			Name:  "On " + strings.ToLower(strings.TrimPrefix(outcome.Name, "On")),
			Value: show.Expression(outcome.Destination),
		})
	}
	return facts
}
