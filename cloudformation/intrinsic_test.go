package cloudformation_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

func TestIntrinsics(t *testing.T) {
	queue := cloudformation.Ref("Queue")
	tests := map[string]struct {
		value any
		want  string
	}{
		"a reference":        {queue, `{"Ref":"Queue"}`},
		"a pseudo parameter": {cloudformation.Partition, `{"Ref":"AWS::Partition"}`},
		"an attribute": {
			cloudformation.GetAtt{"Nested", "Outputs.Url"},
			`{"Fn::GetAtt":["Nested","Outputs.Url"]}`,
		},
		"a text with references": {cloudformation.Sub("<${Queue}> & more"), `{"Fn::Sub":"<${Queue}> & more"}`},
		"a text with additional names": {
			cloudformation.SubWith{Text: "${x}", Values: map[string]any{"x": queue}},
			`{"Fn::Sub":["${x}",{"x":{"Ref":"Queue"}}]}`,
		},
		"a text without additional names": {cloudformation.SubWith{Text: "${Queue}"}, `{"Fn::Sub":"${Queue}"}`},
		"joined values": {
			cloudformation.Join{Separator: "-", Values: []any{"a", queue}},
			`{"Fn::Join":["-",["a",{"Ref":"Queue"}]]}`,
		},
		"a joined list of an intrinsic": {
			cloudformation.Join{Separator: "", Values: cloudformation.Split{Separator: ",", Value: "a,b"}},
			`{"Fn::Join":["",{"Fn::Split":[",","a,b"]}]}`,
		},
		"one of a list": {
			cloudformation.Select{Index: 1, From: cloudformation.GetAZs{}},
			`{"Fn::Select":[1,{"Fn::GetAZs":{"Ref":"AWS::Region"}}]}`,
		},
		"zones of another region": {cloudformation.GetAZs{Region: "us-east-1"}, `{"Fn::GetAZs":"us-east-1"}`},
		"a constant": {
			cloudformation.FindInMap{Map: "Sizes", TopLevel: cloudformation.Region, SecondLevel: "Memory"},
			`{"Fn::FindInMap":["Sizes",{"Ref":"AWS::Region"},"Memory"]}`,
		},
		"another stack's export": {cloudformation.ImportValue{Name: "vpc"}, `{"Fn::ImportValue":"vpc"}`},
		"user data":              {cloudformation.Base64{Value: "#!"}, `{"Fn::Base64":"#!"}`},
		"one of two values": {
			cloudformation.If{Condition: "Large", Then: 1, Else: cloudformation.NoValue},
			`{"Fn::If":["Large",1,{"Ref":"AWS::NoValue"}]}`,
		},
		"a condition of all kinds": {
			cloudformation.And{
				cloudformation.Equals{Left: queue, Right: "a"},
				cloudformation.Not{Of: cloudformation.Or{cloudformation.Condition("B"), cloudformation.Condition("C")}},
			},
			`{"Fn::And":[{"Fn::Equals":[{"Ref":"Queue"},"a"]},` +
				`{"Fn::Not":[{"Fn::Or":[{"Condition":"B"},{"Condition":"C"}]}]}]}`,
		},
		"an intrinsic deep in a literal": {
			map[string]any{"a": []any{map[string]any{"b": queue}}},
			`{"a":[{"b":{"Ref":"Queue"}}]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(test.value); err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(got.String()) != test.want {
				t.Errorf("JSON is %s, want %s", got.String(), test.want)
			}
		})
	}
}
