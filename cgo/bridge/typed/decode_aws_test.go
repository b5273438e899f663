package typed

import (
	"reflect"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// What aws-lambda-go's methods decode is decoded without them, unless it is unusual.
func TestMethodsOfEventsAreNotCalled(t *testing.T) {
	type values struct {
		A events.DynamoDBAttributeValue
		S events.SecondsEpochTime
		M events.MilliSecondsEpochTime
	}
	for _, name := range []string{"A", "S", "M"} {
		field, _ := reflect.TypeOf(values{}).FieldByName(name)
		if decodeAWS(field.Type) == nil {
			t.Errorf("%v is decoded by its method", field.Type)
		}
	}
	plans := decodePlansOf(reflect.TypeOf(values{}))
	for text, decoded := range map[string]bool{
		`{"A":{"S":"text"},"S":1.25,"M":1500}`:                                     true,
		`{"A":{"M":{"a":{"L":[{"B":"AA=="},{"BS":["AA==",""]},{"NULL":false}]}}}}`: true,
		`{"A": { "SS" : [ "a" , "\u00e9\n" ] } }`:                                  true,
		`{"A":{"B":"AA\n=="}}`:                                                     true,
		`{"S":-0.5,"M":-1}`:                                                        true,
		`{"S":null,"M":null}`:                                                      true,
		`{"A":{"M":{}},"S":0,"M":0}`:                                               true,
		`{"A":null}`:                                                               false,
		`{"A":{}}`:                                                                 false,
		`{"A":{"S":"a","N":"1"}}`:                                                  false,
		`{"A":{"S":"a","S":"b"}}`:                                                  false,
		`{"A":{"s":"a"}}`:                                                          false,
		`{"A":{"S":null}}`:                                                         false,
		`{"A":{"SS":["a",null]}}`:                                                  false,
		`{"A":{"SS":null}}`:                                                        false,
		`{"A":{"B":"AA="}}`:                                                        false,
		`{"A":{"L":[{"S":"a"},null]}}`:                                             false,
		`{"A":{"M":{"a":{"S":"1"},"a":{"S":"2"}}}}`:                                false,
		`{"A":{"NULL":1e999}}`:                                                     false,
		`{"A":{"M":{"a":{"N":1}}}}`:                                                false,
		`{"M":1.5}`:                                                                false,
		`{"S":"1"}`:                                                                false,
	} {
		if got := decodesLikeEncodingJSON(t, plans, []byte(text)); got != decoded {
			t.Errorf("%s: decoded here %v, want %v", text, got, decoded)
		}
	}
}

// Another version of aws-lambda-go may have other methods: then they decode.
func TestOtherMethodsAreCalled(t *testing.T) {
	type differs struct{ events.SecondsEpochTime }
	if decodeTime(reflect.TypeOf(events.SecondsEpochTime{}), milliseconds, "1545084650987") != nil {
		t.Error("a method that decodes other times is not called")
	}
	if decodeTime(reflect.TypeOf(differs{}), seconds, "1") != nil || decodeAttribute(reflect.TypeOf(differs{})) != nil {
		t.Error("the method of a type with other fields is not called")
	}
	if decodeAWS(reflect.TypeOf(differs{})) != nil {
		t.Error("the method of a type of another package is not called")
	}
}
