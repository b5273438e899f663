package destination

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Outcome is the destination of records of handled events. Its Name is OnSuccess or OnFailure.
type Outcome struct {
	Name        string
	Destination any
}

// Outcomes are those of a function's asynchronous invocations. The configuration may be nil.
func Outcomes(config *sparta.LambdaEventInvokeConfig) []Outcome {
	if config == nil || config.DestinationConfig == nil {
		return nil
	}
	var outcomes []Outcome
	for _, outcome := range []struct {
		name        string
		destination *sparta.LambdaEventInvokeDestination
	}{{"OnSuccess", config.DestinationConfig.OnSuccess}, {"OnFailure", config.DestinationConfig.OnFailure}} {
		if outcome.destination != nil {
			outcomes = append(outcomes, Outcome{outcome.name, outcome.destination.Destination})
		}
	}
	return outcomes
}

// services are the services that can receive records.
func (o Outcome) services() []string {
	services := []string{"sqs", "sns", "lambda", "events"}
	if o.Name == "OnFailure" {
		services = append(services, "s3")
	}
	return services
}

// OutcomeStatements are what a function's own role has to allow for its outcomes. It returns an error if Lambda does
// not send to a destination, or if the destination's kind is unknown.
func OutcomeStatements(
	template *cloudformation.Template, config *sparta.LambdaEventInvokeConfig,
) ([]map[string]any, error) {
	var errs []error
	var statements []map[string]any
	for _, outcome := range Outcomes(config) {
		destination, err := Of(template, outcome.Destination, outcome.services()...)
		if err != nil {
			errs = append(errs, fmt.Errorf("EventInvokeConfig.DestinationConfig.%s: Destination %w", outcome.Name, err))
			continue
		}
		statements = append(statements, destination.Statements(outcome.Destination)...)
	}
	return statements, errors.Join(errs...)
}
