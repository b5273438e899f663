package apipart

import (
	"slices"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestAuthorizersThatAskAFunction(t *testing.T) {
	arn := "arn:aws:lambda:us-east-1:123456789012:function:other"
	for name, test := range map[string]struct {
		authorizer *sparta.Authorizer
		functions  []string
		want       bool
	}{
		"by its name":     {&sparta.Authorizer{Name: "own", Type: "TOKEN", Function: "f"}, []string{"f", "g"}, true},
		"the only one":    {&sparta.Authorizer{Name: "own", Type: "REQUEST"}, []string{"f"}, true},
		"another one":     {&sparta.Authorizer{Name: "own", Type: "TOKEN", Function: "g"}, []string{"f", "g"}, false},
		"not the stack's": {&sparta.Authorizer{Name: "own", Type: "TOKEN", FunctionArn: arn}, []string{"f"}, false},
		"a user pool":     {&sparta.Authorizer{Name: "own", Type: "COGNITO_USER_POOLS"}, []string{"f"}, false},
		"tokens":          {&sparta.Authorizer{Name: "own", Type: "JWT"}, []string{"f"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			api := &sparta.API{Name: "Shop", Authorizers: []*sparta.Authorizer{test.authorizer}}
			list := AuthorizerNeighbours(api, "f", test.functions)
			if got := len(list) == 1 && list[0].Name == "authorizer own"; got != test.want || len(list) > 1 {
				t.Errorf("beside f are %v, want the authorizer: %t", list, test.want)
			}
			var functions []Function
			for _, name := range test.functions {
				functions = append(functions, Function{Name: name})
			}
			if got := slices.Contains(Names(Invoked(api, nil, functions)), "f"); got != test.want {
				t.Errorf("f is invoked: %t, want %t", got, test.want)
			}
		})
	}
}
