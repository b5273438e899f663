package mapping

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/sparta"
)

// connection is a mapping with what the template has about both ends.
type connection struct {
	*sparta.EventSourceMapping
	template *cloudformation.Template // nil if it is not known
	source   *cloudformation.Resource // that EventSourceArn refers to; nil if it is not in the template
	function *cloudformation.Resource // nil without a template
	foreign  bool                     // whether the function's role is not the stack's
}

// checkAccess returns an error if the mapping lacks an access configuration, or has one that its source does not have.
// If a type is required, it is the first.
func (c connection) checkAccess(required bool, types ...string) error {
	var errs []error
	found := false
	for _, access := range c.SourceAccessConfigurations {
		found = found || access.Type == types[0]
		if !slices.Contains(types, access.Type) {
			errs = append(errs, fmt.Errorf("SourceAccessConfigurations: Type %s is not for this source: use %s",
				access.Type, arn.Alternatives(types)))
		}
	}
	if required && !found {
		errs = append(errs, fmt.Errorf("SourceAccessConfigurations lacks %s: set it to the ARN of the secret with "+
			"user name and password", types[0]))
	}
	return errors.Join(errs...)
}

// checkStart returns an error if the mapping does not say where to begin.
func (c connection) checkStart() error {
	if c.StartingPosition == "" {
		return errors.New("StartingPosition is missing: use LATEST for new records only, " +
			"or TRIM_HORIZON for those that the source still has")
	}
	return nil
}

// checkMetrics returns an error if the mapping requests metrics of Kafka.
func (c connection) checkMetrics() error {
	if c.MetricsConfig == nil {
		return nil
	}
	for _, metric := range c.MetricsConfig.Metrics {
		if metric != "EventCount" {
			return fmt.Errorf("MetricsConfig.Metrics: %s is for Kafka: use EventCount", metric)
		}
	}
	return nil
}

// number is a property's value, if it is a number.
func number(value any) (float64, bool) {
	n, ok := arn.Generic(value).(float64)
	return n, ok
}

// resourceOf is the template's resource that a value refers to, or nil.
func (c connection) resourceOf(value any) *cloudformation.Resource {
	targets, err := cloudformation.References(value)
	if c.template == nil || err != nil || len(targets) != 1 {
		return nil
	}
	return c.template.Resources[targets[0]]
}
