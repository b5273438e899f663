package sparta_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func function(name string, change func(*sparta.LambdaAWSInfo)) *sparta.LambdaAWSInfo {
	info := sparta.HandleAWSLambda(name, http.NotFound, sparta.IAMRoleDefinition{})
	if change != nil {
		change(info)
	}
	return info
}

func TestValidate(t *testing.T) {
	type infos = []*sparta.LambdaAWSInfo
	options := func(o sparta.LambdaFunctionOptions) infos {
		return infos{function("f", func(info *sparta.LambdaAWSInfo) { info.Options = &o })}
	}
	tests := map[string]struct {
		service string
		infos   infos
		want    string // all of the error; empty: valid
	}{
		"a valid service": {"Hello-1", infos{function("f", nil), function("g", nil)}, ""},
		"no service name": {
			"",
			infos{function("f", nil)},
			`service name "" is invalid: use up to 128 letters, digits and hyphens, beginning with a letter`,
		},
		"a service name with a space": {
			"Hello World",
			infos{function("f", nil)},
			`service name "Hello World" is invalid: use up to 128 letters, digits and hyphens, beginning with a letter`,
		},
		"no functions": {"Hello", nil, `service has no functions: give it at least one LambdaAWSInfo`},
		"a nil function": {
			"Hello",
			infos{function("f", nil), nil},
			`function 2 is nil: check the error of the call that made it`,
		},
		"the same name twice": {
			"Hello",
			infos{function("f", nil), function("g", nil), function("f", nil)},
			`functions 1 and 3 are both named f: set Options.SpartaOptions.Name of one`,
		},
		"names that collide after sanitizing": {
			"Hello",
			infos{function("my-function", nil), function("my.function", nil)},
			`functions 1 and 2, named "my-function" and "my.function", are both my_function in Python: ` +
				`set Options.SpartaOptions.Name of one`,
		},
		"a name without ASCII letters": {
			"Hello",
			infos{function("λ", nil)},
			`function 1 (λ): name "λ" has no ASCII letter or digit: set Options.SpartaOptions.Name`,
		},
		"a name that is special in Python": {
			"Hello",
			infos{function("__getattr__", nil)},
			`function 1 (__getattr__): name "__getattr__" is reserved for Python: ` +
				`choose one without double underscores around it`,
		},
		"a literal without handler and role": {
			"Hello",
			infos{{Options: &sparta.LambdaFunctionOptions{SpartaOptions: &sparta.SpartaOptions{Name: "f"}}}},
			"function 1 (f): handler is nil\nfunction 1 (f): role is missing: set RoleName or RoleDefinition",
		},
		"a number as the role": {
			"Hello",
			infos{sparta.HandleAWSLambda("f", http.NotFound, 7)},
			"function 1 (f): role of type int is invalid: " +
				"use an existing role's name (a string) or a sparta.IAMRoleDefinition",
		},
		"nil as the role": {
			"Hello",
			infos{sparta.HandleAWSLambda("f", http.NotFound, nil)},
			"function 1 (f): role of type <nil> is invalid: " +
				"use an existing role's name (a string) or a sparta.IAMRoleDefinition",
		},
		"a nil pointer as the role": {
			"Hello",
			infos{sparta.HandleAWSLambda("f", http.NotFound, (*sparta.IAMRoleDefinition)(nil))},
			"function 1 (f): role of type *sparta.IAMRoleDefinition is invalid: " +
				"use an existing role's name (a string) or a sparta.IAMRoleDefinition",
		},
		"an empty role name": {
			"Hello",
			infos{sparta.HandleAWSLambda("f", http.NotFound, "")},
			"function 1 (f): role name is empty: use an existing role's name or a sparta.IAMRoleDefinition",
		},
		"a bad role that was corrected": {
			"Hello",
			infos{function("f", func(info *sparta.LambdaAWSInfo) {
				*info = *sparta.HandleAWSLambda("f", http.NotFound, nil)
				info.RoleName = "role"
			})},
			"",
		},
		"two roles": {
			"Hello",
			infos{function("f", func(info *sparta.LambdaAWSInfo) { info.RoleName = "role" })},
			"function 1 (f): both RoleName role and RoleDefinition are set: clear one",
		},
		"a privilege without actions": {
			"Hello",
			infos{
				sparta.HandleAWSLambda("f", http.NotFound,
					&sparta.IAMRoleDefinition{Privileges: []sparta.IAMRolePrivilege{{Resource: "*"}}}),
			},
			"function 1 (f): privilege 1 of its role has no actions: list some, for example s3:GetObject",
		},
		"no options": {
			"Hello",
			infos{function("f", func(info *sparta.LambdaAWSInfo) { info.Options = nil })},
			"",
		},
		"the least memory": {"Hello", options(sparta.LambdaFunctionOptions{MemorySize: 128}), ""},
		"the most memory":  {"Hello", options(sparta.LambdaFunctionOptions{MemorySize: 10240}), ""},
		"too little memory": {
			"Hello",
			options(sparta.LambdaFunctionOptions{MemorySize: 127}),
			"function 1 (f): memory size of 127 MB is out of range: use 128 to 10240, or 0 for 128",
		},
		"too much memory": {
			"Hello",
			options(sparta.LambdaFunctionOptions{MemorySize: 10241}),
			"function 1 (f): memory size of 10241 MB is out of range: use 128 to 10240, or 0 for 128",
		},
		"the shortest timeout": {"Hello", options(sparta.LambdaFunctionOptions{Timeout: 1}), ""},
		"the longest timeout":  {"Hello", options(sparta.LambdaFunctionOptions{Timeout: 900}), ""},
		"a negative timeout": {
			"Hello",
			options(sparta.LambdaFunctionOptions{Timeout: -1}),
			"function 1 (f): timeout of -1 seconds is out of range: use 1 to 900, or 0 for 3",
		},
		"a timeout that is too long": {
			"Hello",
			options(sparta.LambdaFunctionOptions{Timeout: 901}),
			"function 1 (f): timeout of 901 seconds is out of range: use 1 to 900, or 0 for 3",
		},
		"variables that are strings and intrinsics": {
			"Hello",
			options(sparta.LambdaFunctionOptions{Environment: map[string]any{
				"NAME":  "text",
				"EMPTY": "",
				"TABLE": map[string]any{"Ref": "Table"},
			}}),
			"",
		},
		"variables of other types": {
			"Hello",
			options(sparta.LambdaFunctionOptions{Environment: map[string]any{"PIN": 1234, "NONE": nil}}),
			"function 1 (f): environment variable NONE is of type <nil>: use a string or a CloudFormation intrinsic\n" +
				"function 1 (f): environment variable PIN is of type int: use a string or a CloudFormation intrinsic",
		},
		"everything at once": {
			"",
			nil,
			"service name \"\" is invalid: use up to 128 letters, digits and hyphens, beginning with a letter\n" +
				"service has no functions: give it at least one LambdaAWSInfo",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := sparta.Validate(test.service, test.infos); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("error is %s\n     want %s", got, test.want)
			}
		})
	}
}

func TestConstructorsReportBadInput(t *testing.T) {
	if _, err := sparta.Lambda(nil, copyEvent, nil); err == nil ||
		!strings.Contains(err.Error(), "role of type <nil> is invalid") {
		t.Errorf("Lambda's error is %v, want one about the role", err)
	}
	if _, err := sparta.Lambda("role", nil, nil); err == nil ||
		!strings.Contains(err.Error(), "handler is a nil sparta.LambdaFunction") {
		t.Errorf("Lambda's error is %v, want one about the handler", err)
	}
	if _, err := sparta.NewAWSLambda("", http.NewServeMux(), "role"); err == nil ||
		!strings.Contains(err.Error(), "has no ASCII letter or digit") {
		t.Errorf("NewAWSLambda's error is %v, want one about the name", err)
	}
}

func TestNewLambdaPanicsOnABadRole(t *testing.T) {
	defer func() {
		if value := recover(); value == nil {
			t.Error("no panic")
		}
	}()
	sparta.NewLambda(nil, copyEvent, nil)
}

func TestConstructorsKeepTheirArguments(t *testing.T) {
	options := &sparta.LambdaFunctionOptions{Timeout: 10}
	info := sparta.NewLambda("role", copyEvent, options)
	if info.Options != options || info.RoleName != "role" || info.RoleDefinition != nil {
		t.Errorf("NewLambda made %+v of its arguments", info)
	}
	info, err := sparta.Lambda(sparta.IAMRoleDefinition{}, copyEvent, nil)
	if err != nil {
		t.Fatal(err)
	}
	info.Options.Timeout = 20 // must not be nil
	if info.RoleName != "" || info.RoleDefinition == nil {
		t.Errorf("Lambda made %+v of an IAMRoleDefinition", info)
	}
	if info.Name() != "sparta_test_copyEvent" {
		t.Errorf("Lambda named the function %s", info.Name())
	}
}
