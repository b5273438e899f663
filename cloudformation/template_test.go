package cloudformation_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

// topic returns a template with one resource, after a change.
func topic(change func(*cloudformation.Template)) *cloudformation.Template {
	template := cloudformation.NewTemplate("")
	template.Resources["Topic"] = &cloudformation.Resource{Type: "AWS::SNS::Topic", Properties: map[string]any{}}
	if change != nil {
		change(template)
	}
	return template
}

func TestMarshalRendersEverySection(t *testing.T) {
	one, limit, text := 1, 2.5, ""
	body, err := topic(func(template *cloudformation.Template) {
		template.Description = "Everything"
		template.Metadata["Author"] = "<me>"
		template.Parameters["Password"] = cloudformation.Parameter{
			Type:                  "String",
			Description:           "A secret",
			Default:               &text,
			NoEcho:                true,
			AllowedPattern:        ".*",
			AllowedValues:         []string{"a"},
			ConstraintDescription: "any",
			MinLength:             &one,
			MaxLength:             &one,
			MinValue:              &limit,
			MaxValue:              &limit,
		}
		template.Mappings["Sizes"] = map[string]map[string]string{"small": {"memory": "128"}}
		template.Conditions["Here"] = cloudformation.Equals{Left: cloudformation.Region, Right: "eu-west-1"}
		template.Resources["Queue"] = &cloudformation.Resource{
			Type:                "AWS::SQS::Queue",
			Condition:           "Here",
			DependsOn:           []string{"Topic"},
			DeletionPolicy:      cloudformation.RetainExceptOnCreate,
			UpdateReplacePolicy: cloudformation.Retain,
			CreationPolicy:      map[string]any{"a": 1},
			UpdatePolicy:        map[string]any{"b": 2},
			Metadata:            map[string]any{"c": 3},
		}
		template.Outputs["Name"] = cloudformation.Output{
			Description: "A name",
			Condition:   "Here",
			Value:       cloudformation.Ref("Queue"),
			Export:      &cloudformation.Export{Name: "name"},
		}
	}).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"AWSTemplateFormatVersion":"2010-09-09","Description":"Everything","Metadata":{"Author":"<me>"},` +
		`"Parameters":{"Password":{"Type":"String","Description":"A secret","Default":"","NoEcho":true,` +
		`"AllowedValues":["a"],"AllowedPattern":".*","ConstraintDescription":"any",` +
		`"MinLength":1,"MaxLength":1,"MinValue":2.5,"MaxValue":2.5}},` +
		`"Mappings":{"Sizes":{"small":{"memory":"128"}}},` +
		`"Conditions":{"Here":{"Fn::Equals":[{"Ref":"AWS::Region"},"eu-west-1"]}},` +
		`"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Condition":"Here","DependsOn":["Topic"],` +
		`"DeletionPolicy":"RetainExceptOnCreate","UpdateReplacePolicy":"Retain",` +
		`"CreationPolicy":{"a":1},"UpdatePolicy":{"b":2},"Metadata":{"c":3}},` +
		`"Topic":{"Type":"AWS::SNS::Topic"}},` +
		`"Outputs":{"Name":{"Description":"A name","Condition":"Here","Value":{"Ref":"Queue"},` +
		`"Export":{"Name":"name"}}}}`
	if got := compact(string(body)); got != want {
		t.Errorf("template is %s\n        want %s", got, want)
	}
	var again map[string]any
	if err := json.Unmarshal(body, &again); err != nil {
		t.Errorf("template is not JSON: %v", err)
	}
}

// compact removes the indentation of JSON whose strings have no line breaks.
func compact(text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		lines.WriteString(strings.TrimSpace(line))
	}
	return strings.ReplaceAll(lines.String(), `": `, `":`)
}

func TestValuesAndPointersRenderTheSame(t *testing.T) {
	template := topic(nil)
	byValue, err := json.Marshal(*template)
	if err != nil {
		t.Fatal(err)
	}
	byPointer, err := json.Marshal(template)
	if err != nil || string(byValue) != string(byPointer) {
		t.Errorf("template is %s by value, %s by pointer (%v)", byValue, byPointer, err)
	}
}

func TestAddDoesNotReplaceResources(t *testing.T) {
	template := topic(nil)
	if err := template.Add("Queue", &cloudformation.Resource{Type: "AWS::SQS::Queue"}); err != nil {
		t.Fatal(err)
	}
	err := template.Add("Topic", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
	const want = "add resource Topic of type AWS::SQS::Queue: the template already has this logical ID, of type " +
		"AWS::SNS::Topic"
	if err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	if template.Resources["Topic"].Type != "AWS::SNS::Topic" || template.Resources["Queue"] == nil {
		t.Errorf("resources are %v", template.Resources)
	}
}

// sized returns a template that has about size bytes without white space.
func sized(size int) *cloudformation.Template {
	return topic(func(template *cloudformation.Template) {
		var values []any
		for range size / 100 {
			values = append(values, strings.Repeat("x", 97))
		}
		template.Resources["Topic"].Properties["Values"] = values
	})
}

func TestSizes(t *testing.T) {
	tests := map[string]struct {
		size int
		lean bool
		want string
	}{
		"a template that fits is indented":         {cloudformation.MaxInlineSize, false, ""},
		"white space that does not fit is omitted": {cloudformation.MaxSize - 1000, true, ""},
		"a template that does not fit without it": {
			cloudformation.MaxSize,
			true,
			"bytes exceeds CloudFormation's limit of 1000000: distribute its resources over several stacks",
		},
		"a template far beyond the limit": {
			2 * cloudformation.MaxSize,
			true,
			"bytes exceeds CloudFormation's",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body, err := sized(test.size).Marshal()
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error is %v, want %s", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if lean := !strings.Contains(string(body), "\n "); lean != test.lean || len(body) > cloudformation.MaxSize {
				t.Errorf("template has %d bytes, without white space: %t, want %t", len(body), lean, test.lean)
			}
		})
	}
}

func TestValidate(t *testing.T) {
	type template = cloudformation.Template
	type resource = cloudformation.Resource
	properties := func(properties map[string]any) func(*template) {
		return func(t *template) { t.Resources["Topic"].Properties = properties }
	}
	add := func(id string, r *resource) func(*template) {
		return func(t *template) { t.Resources[id] = r }
	}
	long := strings.Repeat("x", 1025)
	tests := map[string]struct {
		change func(*template)
		want   string
	}{
		"a valid one": {nil, ""},
		"no resources": {
			func(t *template) { clear(t.Resources) },
			"template has no resources: add at least one",
		},
		"the longest description": {func(t *template) { t.Description = long[1:] }, ""},
		"a longer description": {
			func(t *template) { t.Description = long },
			"template's description of 1025 bytes is too long: use up to 1024",
		},
		"an id with a hyphen": {
			add("a-b", &resource{Type: "T"}),
			`resource "a-b" has an invalid name: use 1 to 255 letters and digits`,
		},
		"the longest id": {add(long[:255], &resource{Type: "T"}), ""},
		"an id that is too long": {
			add(long[:256], &resource{Type: "T"}),
			`resource "` + long[:256] + `" has an invalid name: use 1 to 255 letters and digits`,
		},
		"a nil resource": {add("Nil", nil), "resource Nil: it is nil"},
		"a resource without type": {
			add("Bare", &resource{}),
			"resource Bare: it has no type: set it, for example to AWS::SQS::Queue",
		},
		"an unknown policy": {
			add("A", &resource{Type: "T", DeletionPolicy: "Keep"}),
			`resource A: deletion policy "Keep" is unknown: use one of [Delete Retain RetainExceptOnCreate Snapshot]`,
		},
		"a policy of another kind": {
			add("A", &resource{Type: "T", UpdateReplacePolicy: cloudformation.RetainExceptOnCreate}),
			`resource A: update replace policy "RetainExceptOnCreate" is unknown: use Delete, Retain or Snapshot`,
		},
		"500 resources": {func(t *template) { manyResources(t, 500) }, ""},
		"501 resources": {
			func(t *template) { manyResources(t, 501) },
			"template has 501 resources, but CloudFormation allows 500: split the stack (it has 501 AWS::SNS::Topic)",
		},
		"201 outputs": {func(t *template) {
			for i := range 201 {
				t.Outputs[fmt.Sprint("Output", i)] = cloudformation.Output{Value: "x"}
			}
		}, "template has 201 outputs, but CloudFormation allows 200: split the stack"},
		"a parameter without type": {
			func(t *template) { t.Parameters["Name"] = cloudformation.Parameter{} },
			"parameter Name has no type: set it, for example to String",
		},
		"a parameter named as a resource": {
			func(t *template) { t.Parameters["Topic"] = cloudformation.Parameter{Type: "String"} },
			"parameter Topic has the same name as a resource: rename one",
		},
		"an output without value": {
			func(t *template) { t.Outputs["Name"] = cloudformation.Output{} },
			"output Name has no value: set it",
		},
		"an output with a long description": {
			func(t *template) { t.Outputs["Name"] = cloudformation.Output{Value: "x", Description: long} },
			"output Name: description of 1025 bytes is too long: use up to 1024",
		},
		"a value without JSON": {
			properties(map[string]any{"F": func() {}}),
			"render resource Topic: json: unsupported type: func()",
		},

		"references of all kinds": {func(t *template) {
			t.Parameters["Name"] = cloudformation.Parameter{Type: "String"}
			t.Mappings["Sizes"] = map[string]map[string]string{"a": {"b": "c"}}
			t.Conditions["Named"] = cloudformation.Not{
				Of: cloudformation.Equals{Left: cloudformation.Ref("Name"), Right: ""},
			}
			t.Conditions["Both"] = cloudformation.And{
				cloudformation.Condition("Named"),
				cloudformation.Condition("Named"),
			}
			t.Resources["Queue"] = &resource{
				Type:      "AWS::SQS::Queue",
				DependsOn: []string{"Topic"},
				Condition: "Both",
				Properties: map[string]any{
					"A": cloudformation.Sub("${Name} ${Topic.Arn} ${AWS::Region} ${!Literal} ${"),
					"B": cloudformation.SubWith{
						Text:   "${own} ${own.Arn} ${Topic}",
						Values: map[string]any{"own": cloudformation.Ref("Name"), "own.Arn": "x"},
					},
					"C": cloudformation.If{
						Condition: "Named",
						Then:      cloudformation.FindInMap{Map: "Sizes", TopLevel: "a", SecondLevel: "b"},
						Else:      cloudformation.NoValue,
					},
					"D": map[string]any{"Statement": map[string]any{"Condition": map[string]any{"Bool": true}}},
					"E": map[string]any{"Condition": "of a policy"},
					"F": map[string]any{"Ref": "of two", "keys": "is not a reference"},
					"G": map[string]any{"Fn::GetAtt": "Topic.Arn"},
				},
			}
		}, ""},
		"a Ref to nothing": {
			properties(map[string]any{"A": []any{"x", map[string]any{"Ref": "Nix"}}}),
			"resource Topic: Properties.A.1 refers to Nix, which is neither a resource nor a parameter of the template",
		},
		"an unknown pseudo parameter": {
			properties(map[string]any{"A": cloudformation.Ref("AWS::Nix")}),
			"resource Topic: Properties.A refers to AWS::Nix, " +
				"which is neither a resource nor a parameter of the template",
		},
		"a GetAtt of nothing": {
			properties(map[string]any{"A": cloudformation.GetAtt{"Nix", "Arn"}}),
			"resource Topic: Properties.A refers to Nix, which is not a resource of the template",
		},
		"a GetAtt of a parameter": {func(t *template) {
			t.Parameters["Name"] = cloudformation.Parameter{Type: "String"}
			t.Outputs["Out"] = cloudformation.Output{Value: cloudformation.GetAtt{"Name", "Arn"}}
		}, "output Out: Value refers to Name, which is not a resource of the template"},
		"a Sub of nothing": {
			properties(map[string]any{"A": cloudformation.Sub("${Nix} ${Nada.Arn}")}),
			"resource Topic: Properties.A refers to Nix, " +
				"which is neither a resource nor a parameter of the template\n" +
				"resource Topic: Properties.A refers to Nada, which is not a resource of the template",
		},
		"an argument's reference to nothing": {
			properties(map[string]any{"A": cloudformation.Join{Values: []any{cloudformation.Ref("Nix")}}}),
			"resource Topic: Properties.A.Fn::Join.1.0 refers to Nix, " +
				"which is neither a resource nor a parameter of the template",
		},
		"a dependency on nothing": {
			add("A", &resource{Type: "T", DependsOn: []string{"Nix"}}),
			"resource A: DependsOn refers to Nix, which is not a resource of the template",
		},
		"a condition of nothing": {
			add("A", &resource{Type: "T", Condition: "Nix"}),
			"resource A: Condition refers to Nix, which is not a condition of the template",
		},
		"an If of nothing": {
			properties(map[string]any{"A": cloudformation.If{Condition: "Nix"}}),
			"resource Topic: Properties.A refers to Nix, which is not a condition of the template",
		},
		"a mapping of nothing": {
			properties(map[string]any{"A": cloudformation.FindInMap{Map: "Nix"}}),
			"resource Topic: Properties.A refers to Nix, which is not a mapping of the template",
		},
		"a condition about a resource": {func(t *template) {
			t.Conditions["Odd"] = cloudformation.Equals{Left: cloudformation.Ref("Topic"), Right: ""}
		}, "condition Odd: Fn::Equals.0 refers to Topic, which is not a parameter of the template"},
		"a condition about an unknown one": {
			func(t *template) { t.Conditions["Odd"] = cloudformation.Not{Of: cloudformation.Condition("Nix")} },
			"condition Odd: Fn::Not.0 refers to Nix, which is not a condition of the template",
		},
		"an output's condition and export": {func(t *template) {
			t.Outputs["Out"] = cloudformation.Output{
				Value:     "x",
				Condition: "Nix",
				Export:    &cloudformation.Export{Name: cloudformation.Ref("Nada")},
			}
		}, "output Out: Condition refers to Nix, which is not a condition of the template\n" +
			"output Out: Export.Name refers to Nada, which is neither a resource nor a parameter of the template"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			template := topic(test.change)
			got := ""
			if err := template.Validate(); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("problems are %s\n         want %s", got, test.want)
			}
			if _, err := template.Marshal(); (err != nil) != (test.want != "") {
				t.Errorf("Marshal's error is %v", err)
			}
		})
	}
}

func manyResources(template *cloudformation.Template, count int) {
	clear(template.Resources)
	for i := range count {
		template.Resources[fmt.Sprint("Topic", i)] = &cloudformation.Resource{Type: "AWS::SNS::Topic"}
	}
}

func TestRefersTo(t *testing.T) {
	template := topic(func(template *cloudformation.Template) {
		template.Conditions["Named"] = cloudformation.Equals{Left: cloudformation.Ref("InCondition"), Right: ""}
		template.Resources["Topic"].Properties = map[string]any{
			"A": cloudformation.Ref("ByRef"), "B": cloudformation.Sub("${BySub} ${ByAttribute.Arn}"), "C": "${InText}",
		}
	})
	for name, want := range map[string]bool{
		"ByRef": true, "BySub": true, "InCondition": true, "ByAttribute": false, "InText": false, "Named": false,
		"Topic": false,
	} {
		if got := template.RefersTo(name); got != want {
			t.Errorf("refers to %s: %t, want %t", name, got, want)
		}
	}
}
