//go:build go1.21

package typed

import "reflect"

// decodeAWS returns how a type of aws-lambda-go's package events that decodes itself is decoded without its method,
// which calls encoding/json for each value. It returns nil for all other types.
func decodeAWS(t reflect.Type, of func(reflect.Type) *decodePlan) decodeFunc {
	if t.PkgPath() != "github.com/aws/aws-lambda-go/events" {
		return nil
	}
	switch t.Name() {
	case "DynamoDBAttributeValue":
		return decodeAttribute(t)
	case "SecondsEpochTime":
		return decodeTime(t, seconds, "1428537600", "1545084650.987", "-1.5e3")
	case "MilliSecondsEpochTime":
		return decodeTime(t, milliseconds, "1545084650987", "-12")
	case "S3Object":
		return decodeObject(t, of)
	}
	return nil
}
