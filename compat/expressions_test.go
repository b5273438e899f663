package compat_test

import (
	"strings"
	"testing"

	gocf "github.com/mweagle/go-cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/compat"
)

func TestIntrinsicsInTexts(t *testing.T) {
	for text, want := range map[string]string{
		"Hello {{ .Name }}":                      `"Hello Ada"`,
		"a {\"Ref\" : \"AWS::Region\"} {b}\nc":   `{"Fn::Join":["",["a ",{"Ref":"AWS::Region"}," {b}\nc"]]}`,
		`{ "Fn::GetAtt" : [ "Queue" , "Arn" ] }`: `{"Fn::Join":["",[{"Fn::GetAtt":["Queue","Arn"]}]]}`,
		`{"plain": "JSON"}`:                      `"{\"plain\": \"JSON\"}"`,
	} {
		expression, err := compat.ConvertToTemplateExpression(strings.NewReader(text), map[string]any{"Name": "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		got := marshalled(t, expression)
		if got != want && got != `{"Fn::Join":["",[`+want+`]]}` {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	_, err := compat.ConvertToTemplateExpression(strings.NewReader("{{ .Name"), nil)
	if err == nil || !strings.Contains(err.Error(), "text of a template expression: ") {
		t.Errorf("error is %v", err)
	}
}

func TestARNsOfBuckets(t *testing.T) {
	for bucket, want := range map[any]string{
		"images":                     `"images"`,
		gocf.Ref("Images").String():  `{"Ref":"Images"}`,
		cloudformation.Ref("Images"): `{"Ref":"Images"}`,
	} {
		want = `{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::",` + want + `,"/*"]]}`
		if got := marshalled(t, compat.S3AllKeysArnForBucket(bucket)); got != want {
			t.Errorf("ARN is %s\nwant   %s", got, want)
		}
	}
}
