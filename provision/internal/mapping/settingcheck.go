package mapping

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/sparta"
)

func settingProblems(m *sparta.EventSourceMapping) []error {
	return slices.Concat(rangeProblems(m), choiceProblems(m), filterProblems(m), accessProblems(m), kafkaProblems(m),
		[]error{sparta.ValidateTags(m.Tags)})
}

// rangeProblems checks the numbers.
func rangeProblems(m *sparta.EventSourceMapping) []error {
	var errs []error
	check := func(field string, value, least, most int64) {
		if value != 0 && (value < least || value > most) {
			errs = append(errs, fmt.Errorf("%s of %d is out of range: use %d to %d, or 0 for Lambda's default",
				field, value, least, most))
		}
	}
	check("BatchSize", m.BatchSize, 1, 10_000)
	check("MaximumBatchingWindowInSeconds", m.MaximumBatchingWindowInSeconds, 1, 300)
	check("ParallelizationFactor", m.ParallelizationFactor, 1, 10)
	check("TumblingWindowInSeconds", m.TumblingWindowInSeconds, 1, 900)
	if age := m.MaximumRecordAgeInSeconds; age != -1 { // forever
		check("MaximumRecordAgeInSeconds", age, 60, 604_800)
	}
	if m.MaximumRetryAttempts < sparta.NoRetries || m.MaximumRetryAttempts > 10_000 {
		errs = append(errs, fmt.Errorf("MaximumRetryAttempts of %d is out of range: "+
			"use 1 to 10000, %d (NoRetries) for none, or 0 for no limit", m.MaximumRetryAttempts, sparta.NoRetries))
	}
	if m.ScalingConfig != nil {
		check("ScalingConfig.MaximumConcurrency", m.ScalingConfig.MaximumConcurrency, 2, 1000)
	}
	if pollers := m.ProvisionedPollerConfig; pollers != nil {
		check("ProvisionedPollerConfig.MinimumPollers", pollers.MinimumPollers, 1, 200)
		check("ProvisionedPollerConfig.MaximumPollers", pollers.MaximumPollers, 1, 2000)
		if pollers.MaximumPollers != 0 && pollers.MinimumPollers > pollers.MaximumPollers {
			errs = append(errs, fmt.Errorf("ProvisionedPollerConfig has MinimumPollers of %d, more than its "+
				"MaximumPollers of %d: raise MaximumPollers", pollers.MinimumPollers, pollers.MaximumPollers))
		}
	}
	return errs
}

// choiceProblems checks the settings that accept only certain texts.
func choiceProblems(m *sparta.EventSourceMapping) []error {
	var errs []error
	oneOf := func(field, value string, choices ...string) {
		if value != "" && !slices.Contains(choices, value) {
			errs = append(errs, fmt.Errorf("%s %q is unknown: use %s", field, value, arn.Alternatives(choices)))
		}
	}
	oneOf("StartingPosition", m.StartingPosition, "LATEST", "TRIM_HORIZON", "AT_TIMESTAMP")
	if (m.StartingPosition == "AT_TIMESTAMP") != (m.StartingPositionTimestamp != 0) {
		errs = append(errs, fmt.Errorf("StartingPosition %q does not fit StartingPositionTimestamp %d: set a time, in "+
			"seconds since 1970, with AT_TIMESTAMP and only then", m.StartingPosition, m.StartingPositionTimestamp))
	}
	for _, kind := range m.FunctionResponseTypes {
		oneOf("FunctionResponseTypes", kind, "ReportBatchItemFailures")
	}
	if m.MetricsConfig != nil {
		for _, metric := range m.MetricsConfig.Metrics {
			oneOf("MetricsConfig.Metrics", metric, "EventCount", "ErrorCount", "KafkaMetrics")
		}
	}
	if m.LoggingConfig != nil {
		oneOf("LoggingConfig.SystemLogLevel", m.LoggingConfig.SystemLogLevel, "DEBUG", "INFO", "WARN")
	}
	if documents := m.DocumentDBEventSourceConfig; documents != nil {
		oneOf("DocumentDBEventSourceConfig.FullDocument", documents.FullDocument, "UpdateLookup", "Default")
		if documents.DatabaseName == "" {
			errs = append(errs, errors.New("DocumentDBEventSourceConfig.DatabaseName is missing: set it"))
		}
	}
	if m.DestinationConfig != nil && !expression.Is(failureDestination(m)) {
		errs = append(errs, errors.New("DestinationConfig.OnFailure.Destination is not text or a CloudFormation "+
			"intrinsic: set it, or clear DestinationConfig"))
	}
	return errs
}

// The limits of filters.
const (
	maxFilters       = 20
	maxFilterPattern = 4096 // characters
)

func filterProblems(m *sparta.EventSourceMapping) []error {
	var errs []error
	if m.KmsKeyArn != nil && !expression.Is(m.KmsKeyArn) {
		errs = append(errs, fmt.Errorf("KmsKeyArn of type %T is invalid: use the ARN of a key, or a CloudFormation "+
			"intrinsic", m.KmsKeyArn))
	}
	if m.FilterCriteria == nil {
		if m.KmsKeyArn != nil {
			errs = append(errs, errors.New("KmsKeyArn encrypts filters, but the mapping has none: set FilterCriteria, "+
				"or clear KmsKeyArn"))
		}
		return errs
	}
	if count := len(m.FilterCriteria.Filters); count == 0 || count > maxFilters {
		errs = append(errs, fmt.Errorf("FilterCriteria has %d filters: use 1 to %d, or clear it", count, maxFilters))
	}
	for i, filter := range m.FilterCriteria.Filters {
		text, err := patternText(filter.Pattern)
		if err == nil && len(text) > maxFilterPattern {
			err = fmt.Errorf("it has %d characters, but Lambda allows %d: split it into several filters",
				len(text), maxFilterPattern)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("FilterCriteria.Filters: Pattern %d: %w", i+1, err))
		}
	}
	return errs
}

// patternText is a filter's pattern as JSON text. It returns an error if that is not an object.
func patternText(pattern any) (string, error) {
	text, isText := pattern.(string)
	if !isText {
		encoded, err := plainjson.Marshal(pattern)
		if err != nil {
			return "", fmt.Errorf("render it as JSON: %w", err)
		}
		text = string(encoded)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil || len(object) == 0 {
		return "", fmt.Errorf(`%.100s is not a JSON object with fields: use for example {"body": {"kind": ["order"]}}`,
			text)
	}
	return text, nil
}

func accessProblems(m *sparta.EventSourceMapping) []error {
	var errs []error
	for _, access := range m.SourceAccessConfigurations {
		if !slices.Contains(accessTypes(), access.Type) {
			errs = append(errs, fmt.Errorf("SourceAccessConfigurations: Type %q is unknown: use %s", access.Type,
				arn.Alternatives(accessTypes())))
		}
		if !expression.Is(access.URI) {
			errs = append(errs, fmt.Errorf("SourceAccessConfigurations: URI of %s is %v: use text or a CloudFormation "+
				"intrinsic", access.Type, access.URI))
		}
	}
	if names := slices.Concat(m.Queues, m.Topics); len(names) > 1 {
		errs = append(errs, fmt.Errorf("a mapping reads one queue or topic: describe a mapping for each of %s",
			strings.Join(names, ", ")))
	}
	return errs
}

var serverPattern = regexp.MustCompile(`^[A-Za-z0-9.-]+:[0-9]{1,5}$`)

func kafkaProblems(m *sparta.EventSourceMapping) []error {
	var errs []error
	if self := m.SelfManagedEventSource; self != nil {
		servers := self.Endpoints.KafkaBootstrapServers
		if len(servers) == 0 || len(servers) > 10 {
			errs = append(errs, fmt.Errorf("SelfManagedEventSource has %d KafkaBootstrapServers: use 1 to 10",
				len(servers)))
		}
		for _, server := range servers {
			if !serverPattern.MatchString(server) {
				errs = append(errs, fmt.Errorf("SelfManagedEventSource: bootstrap server %q is invalid: use host:port",
					server))
			}
		}
	}
	registry := schemaRegistry(m)
	if registry == nil {
		return errs
	}
	if !expression.Is(registry.SchemaRegistryURI) || len(registry.SchemaValidationConfigs) == 0 ||
		!slices.Contains([]string{"JSON", "SOURCE"}, registry.EventRecordFormat) {
		errs = append(errs, errors.New("SchemaRegistryConfig is incomplete: set SchemaRegistryURI, "+
			"EventRecordFormat to JSON or SOURCE, and SchemaValidationConfigs"))
	}
	if m.ProvisionedPollerConfig == nil {
		errs = append(errs, errors.New("SchemaRegistryConfig requires provisioned pollers: "+
			"set ProvisionedPollerConfig"))
	}
	return errs
}
