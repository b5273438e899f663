package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// Values of package sparta's types in a magefile keep their types, although spartamage does not know them.
func TestDescribe(t *testing.T) {
	for name, c := range map[string]struct {
		service spartamage.Service
		env     map[string]string
		want    string // of the function, as JSON
		err     string
	}{
		"everything is in the magefile": {
			service: spartamage.Service{
				Name:     "Shop",
				Function: "take",
				Timeout:  9,
				Privileges: []sparta.IAMRolePrivilege{
					{Actions: []string{"s3:GetObject"}, Resource: "arn:aws:s3:::b/*"},
				},
				Options: sparta.LambdaFunctionOptions{
					MemorySize:  256,
					Timeout:     5,
					Environment: map[string]any{"KEY": "canary"},
				},
			},
			want: `"name":"take","handler":"index.take","memorySize":256,"timeout":9`,
		},
		"the environment takes precedence": {
			service: spartamage.Service{Name: "Shop", MemorySize: 256},
			env:     map[string]string{"SPARTA_MEMORY_SIZE": "512", "SPARTA_FUNCTION": "other"},
			want:    `"name":"other","handler":"index.other","memorySize":512,"timeout":3`,
		},
		"an existing role": {service: spartamage.Service{Name: "Shop", RoleName: "r"}, want: `"roleName":"r"`},
		"options of another type": {
			service: spartamage.Service{Name: "Shop", Options: map[string]any{"Canary": 1}},
			err:     "Service.Options is not a sparta.LambdaFunctionOptions",
		},
		"what invokes it": {
			service: spartamage.Service{
				Name:        "Shop",
				Permissions: sparta.Permissions{sparta.LambdaPermission{Principal: "iot.amazonaws.com"}},
				EventSourceMappings: []sparta.EventSourceMapping{{
					EventSourceArn: cloudformation.GetAtt{"Jobs", "Arn"},
					FilterCriteria: &sparta.EventSourceFilterCriteria{Filters: []sparta.EventSourceFilter{
						{Pattern: map[string]any{"body": []string{"<a>"}}},
					}},
				}},
			},
			want: `"permissions":[{"LambdaPermission":{"principal":"iot.amazonaws.com"}}],` +
				`"eventSourceMappings":[{"eventSourceArn":{"Fn::GetAtt":["Jobs","Arn"]},` +
				`"filterCriteria":{"filters":[{"pattern":{"body":["\u003ca\u003e"]}}]}}]`,
		},
		"a mapping with an unknown field": {
			service: spartamage.Service{
				Name: "Shop", EventSourceMappings: []map[string]any{{"eventSourceARN": "x", "batch": 1}},
			},
			err: "Service.EventSourceMappings is not a []sparta.EventSourceMapping",
		},
		"privileges of another type": {
			service: spartamage.Service{Name: "Shop", Privileges: "all"},
			err:     "Service.Privileges is not a []sparta.IAMRolePrivilege",
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(spartamage.Deployment{Service: c.service})
			if err != nil {
				t.Fatal(err)
			}
			t.Setenv(spartamage.DeployVariable, string(text))
			for variable, value := range c.env {
				t.Setenv(variable, value)
			}
			service, info, err := describe()
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) || strings.Contains(err.Error(), "Canary") {
					t.Fatalf("got %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			description, err := sparta.NewServiceDescription(service.Name, service.Description,
				[]*sparta.LambdaAWSInfo{info}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(description.Functions[0])
			if err != nil || !strings.Contains(string(got), c.want) {
				t.Errorf("got %s, %v; want %s", got, err, c.want)
			}
		})
	}
}
