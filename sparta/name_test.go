package sparta_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

type greeter struct{}

func (*greeter) Greet(context.Context) error { return nil }

func generic[T any](context.Context, T) error { return nil }

func TestSymbolName(t *testing.T) {
	tests := map[string]struct{ symbol, want string }{
		"a function of the application":   {"main.HelloWorld", "HelloWorld"},
		"a function of another package":   {"github.com/acme/app/handlers.Foo", "handlers_Foo"},
		"a function of a short package":   {"handlers.Foo", "handlers_Foo"},
		"a package that is called domain": {"domain.Foo", "domain_Foo"},
		"a method value":                  {"main.(*Greeter).Greet-fm", "Greeter_Greet"},
		"a method value without pointer":  {"main.Greeter.Greet-fm", "Greeter_Greet"},
		"a method elsewhere": {
			"github.com/acme/app/handlers.(*Greeter).Greet-fm",
			"handlers_Greeter_Greet",
		},
		"a closure":                      {"main.main.func1", "main_func1"},
		"a closure of a variable":        {"main.glob..func1", "glob__func1"},
		"a generic function":             {"main.Handle[...]", "Handle"},
		"a generic function's arguments": {"main.Handle[github.com/acme/app.Event]", "Handle"},
		"a generic type's method":        {"main.(*Box[...]).Get-fm", "Box_Get"},
		"a generic function's closure":   {"main.Handle[...].func1", "Handle_func1"},
		"a dotted package":               {"gopkg.in/hello%2ev3.Foo", "hello_v3_Foo"},
		"a dashed directory":             {"github.com/acme/my-app/v2.Foo", "v2_Foo"},
		"letters beyond ASCII":           {"main.Größe", "Gr__e"},
		"no symbol":                      {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := sparta.SanitizeName(sparta.SymbolName(test.symbol)); got != test.want {
				t.Errorf("name of %s is %q, want %q", test.symbol, got, test.want)
			}
		})
	}
}

func TestLambdaName(t *testing.T) {
	tests := map[string]struct {
		handler any
		want    string
	}{
		"a function":              {http.NotFound, "http_NotFound"},
		"a named function type":   {http.HandlerFunc(http.NotFound), "http_NotFound"},
		"a method value":          {(&greeter{}).Greet, "sparta_test_greeter_Greet"},
		"an instantiated generic": {generic[int], "sparta_test_generic"},
		"a nil function":          {http.HandlerFunc(nil), ""},
		"a value":                 {http.NewServeMux(), ""},
		"nil":                     {nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := sparta.LambdaName(test.handler); got != test.want {
				t.Errorf("name is %q, want %q", got, test.want)
			}
		})
	}
}

func TestName(t *testing.T) {
	handler := http.HandlerFunc(http.NotFound)
	tests := map[string]struct{ given, option, want string }{
		"an option overrides everything":     {"given", "option", "option"},
		"a given name overrides Go's":        {"given", "", "given"},
		"Go's name is the default":           {"", "", "http_NotFound"},
		"a dash becomes an underscore":       {"my-function", "", "my_function"},
		"also in an option":                  {"", "my.function", "my_function"},
		"a digit is not the first character": {"2nd", "", "_2nd"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := sparta.HandleAWSLambda(test.given, handler, "role")
			info.Options.SpartaOptions = &sparta.SpartaOptions{Name: test.option}
			if got := info.Name(); got != test.want {
				t.Errorf("name is %q, want %q", got, test.want)
			}
		})
	}
}
