package typed

import (
	"encoding/json"
	"net/url"
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
		O events.S3Object
	}
	none := decodePlans{known: map[reflect.Type]*decodePlan{}}
	for _, name := range []string{"A", "S", "M", "O"} {
		field, _ := reflect.TypeOf(values{}).FieldByName(name)
		if decodeAWS(field.Type, none.of) == nil {
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
		`{"O":{"key":"a/b+c%20d%C3%bc%ff%2B","size":3,"eTag":"e","other":[1]}}`: true,
		`{"O":{"urlDecodedKey":"x","key":"plain"}}`:                             true,
		`{"O":{"urlDecodedKey":"x"}}`:                                           true,
		`{"O":{"key":null,"size":null}}`:                                        true,
		`{"O":{}}`:                                                              true,
		`{"O":null}`:                                                            true,
		`{"O":{"key":"100%"}}`:                                                  false,
		`{"O":{"key":"%4"}}`:                                                    false,
		`{"O":{"key":"%+4"}}`:                                                   false,
		`{"O":{"key":"%zz"}}`:                                                   false,
		`{"O":{"key":"a","key":"b"}}`:                                           false,
		`{"O":{"Key":"a"}}`:                                                     false,
		`{"O":{"size":"3"}}`:                                                    false,
		`{"S":"1"}`:                                                             false,
	} {
		if got := decodesLikeEncodingJSON(t, plans, []byte(text)); got != decoded {
			t.Errorf("%s: decoded here %v, want %v", text, got, decoded)
		}
	}
}

// Another version of aws-lambda-go may have other methods: then they decode.
func TestOtherMethodsAreCalled(t *testing.T) {
	type differs struct{ events.SecondsEpochTime }
	none := decodePlans{known: map[reflect.Type]*decodePlan{}}
	if decodeTime(reflect.TypeOf(events.SecondsEpochTime{}), milliseconds, "1545084650987") != nil {
		t.Error("a method that decodes other times is not called")
	}
	if decodeObject(reflect.TypeOf(otherObject{}), none.of) != nil {
		t.Error("a method that decodes another key is not called")
	}
	if decodeTime(reflect.TypeOf(differs{}), seconds, "1") != nil || decodeAttribute(reflect.TypeOf(differs{})) != nil {
		t.Error("the method of a type with other fields is not called")
	}
	if decodeAWS(reflect.TypeOf(differs{}), none.of) != nil {
		t.Error("the method of a type of another package is not called")
	}
}

// otherObject has the fields of an object in S3, but decodes its key as a path's.
type otherObject events.S3Object

func (o *otherObject) UnmarshalJSON(text []byte) (err error) {
	if err = json.Unmarshal(text, (*events.S3Object)(o)); err == nil {
		o.URLDecodedKey, err = url.PathUnescape(o.Key)
	}
	return err
}
