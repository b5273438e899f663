package sample

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// The account, the region and the time of samples.
const (
	account = "123456789012"
	region  = "us-east-1"
	instant = "2026-01-01T12:00:00Z"
	seconds = 1767268800 // the same time, in seconds since 1970
	millis  = seconds * 1000
	id      = "5d3cfa39-0dd4-4f24-8a1d-6b0c1f6a2c11" // of everything that has one
)

// permission is a permission, decoded from its JSON.
type permission struct {
	kind   string // its type: SNSPermission
	fields object
}

func permissionsOf(permissions sparta.Permissions) []permission {
	encoded, err := plainjson.Marshal(permissions)
	var list []map[string]object
	if err != nil || json.Unmarshal(encoded, &list) != nil {
		return nil // the description is invalid in other ways
	}
	var found []permission
	for _, entry := range list {
		for kind, fields := range entry {
			found = append(found, permission{kind, fields})
		}
	}
	return found
}

// permission returns the fields of the service's first permission of one of the types, or no fields.
func (s service) permission(kinds ...string) object {
	for _, kind := range kinds {
		for _, permission := range s.permissions {
			if permission.kind == kind {
				return permission.fields
			}
		}
	}
	return object{}
}

// arn returns the ARN of a resource: the given one or, if that is not known yet, the prefix and a likely name.
func (s service) arn(given any, prefix, fallback string) string {
	if text := textOf(given); strings.HasPrefix(text, "arn:") {
		return text
	}
	return prefix + s.resource(given, fallback)
}

// inRegion returns the beginning of the ARNs of an AWS service.
func inRegion(aws string) string { return "arn:aws:" + aws + ":" + region + ":" + account + ":" }

// resource returns the name of a resource: the given text, or the stack's name and the logical ID, from which
// CloudFormation makes names.
func (s service) resource(given any, fallback string) string {
	switch value := generic(given).(type) {
	case string:
		if value != "" {
			return nameIn(value)
		}
	case object:
		if id := logicalID(value); id != "" {
			return s.name + "-" + id
		}
	}
	return fallback
}

// logicalID returns the logical ID that an intrinsic refers to, or "".
func logicalID(intrinsic object) string {
	if id, isText := intrinsic["Ref"].(string); isText {
		return id
	}
	switch argument := intrinsic["Fn::GetAtt"].(type) {
	case []any:
		if len(argument) > 0 {
			id, _ := argument[0].(string)
			return id
		}
	case string:
		id, _, _ := strings.Cut(argument, ".")
		return id
	}
	return ""
}

var nameInARN = regexp.MustCompile(`[:/]`)

// nameIn returns the last part of an ARN. Any other text is a name, which it returns unchanged.
func nameIn(text string) string {
	if !strings.HasPrefix(text, "arn:") {
		return text
	}
	parts := nameInARN.Split(text, -1)
	return parts[len(parts)-1]
}

// generic returns a value as it is decoded from its JSON.
func generic(value any) any {
	encoded, err := plainjson.Marshal(value)
	var tree any
	if err != nil || json.Unmarshal(encoded, &tree) != nil {
		return nil
	}
	return tree
}

// mapping returns the service's first mapping of a kind of source, or an empty one.
func (s service) mapping(kind string) sparta.EventSourceMapping {
	for _, mapping := range s.mappings {
		if kindOf(mapping) == kind {
			return *mapping
		}
	}
	return sparta.EventSourceMapping{}
}

// kindOf guesses the kind of a mapping's source, from the ARN or else from the settings that only one kind has.
func kindOf(m *sparta.EventSourceMapping) string {
	if parts := strings.Split(textOf(m.EventSourceArn), ":"); len(parts) > 2 && parts[0] == "arn" && parts[2] != "" {
		return parts[2]
	}
	switch {
	case m.SelfManagedEventSource != nil:
		return "self-managed"
	case len(m.Topics) > 0:
		return "kafka"
	case len(m.Queues) > 0:
		return "mq"
	case m.DocumentDBEventSourceConfig != nil:
		return "rds"
	case strings.Contains(textOf(m.EventSourceArn), "StreamArn"):
		return "dynamodb"
	case m.StartingPosition != "":
		return "kinesis"
	}
	return "sqs"
}

// textOf returns the text of an ARN, which may be the result of Fn::Sub, or else the JSON of an intrinsic.
func textOf(value any) string {
	switch value := generic(value).(type) {
	case string:
		return value
	case object:
		if text, isText := value["Fn::Sub"].(string); isText {
			known := strings.NewReplacer("${AWS::Partition}", "aws", "${AWS::Region}", region,
				"${AWS::AccountId}", account)
			return known.Replace(text)
		}
	}
	encoded, _ := plainjson.Marshal(value)
	return string(encoded)
}

// first returns the first of several texts, or a default if there are none.
func first(texts []string, fallback string) string {
	if len(texts) > 0 {
		return texts[0]
	}
	return fallback
}

// sorted returns the names of fields, in order.
func sorted(fields object) []string { return slices.Sorted(maps.Keys(fields)) }
