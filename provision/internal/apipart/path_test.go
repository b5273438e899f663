package apipart

import (
	"fmt"
	"strings"
	"testing"
)

func TestPaths(t *testing.T) {
	for path, test := range map[string]struct{ parameters, fail string }{
		"/":                  {"[]", ""},
		"orders":             {"[]", ""},
		"/orders/{id}":       {"[id]", ""},
		"/{a}/{b+}":          {"[a b]", ""},
		"/a.b/c:d/_-":        {"[]", ""},
		"/orders/":           {"[]", "it has an empty part"},
		"/a//b":              {"[]", "it has an empty part"},
		"/orders/{id":        {"[]", `"{id" is not a parameter: use {name}`},
		"/orders/v{id}":      {"[]", `"v{id}" is not a parameter`},
		"/a b":               {"[]", `"a b" has characters that API Gateway refuses`},
		"/{path+}/more":      {"[path]", "{path+} is not the last part"},
		"/{id}/orders/{id}":  {"[id id]", "it has parameter id twice: rename one"},
		"/{id}/orders/{id+}": {"[id id]", "it has parameter id twice: rename one"},
	} {
		if got := fmt.Sprint(Parameters(path)); got != test.parameters {
			t.Errorf("%s has the parameters %s, want %s", path, got, test.parameters)
		}
		err := CheckPath(path)
		if (err == nil) != (test.fail == "") || err != nil && !strings.HasPrefix(err.Error(), test.fail) {
			t.Errorf("%s: the error is %v, want %s", path, err, test.fail)
		}
	}
}

// TestIdentitiesAreDifferent: two paths with one logical ID would be one resource.
func TestIdentitiesAreDifferent(t *testing.T) {
	if got := Identity("/orders/new"); got != "OrdersNew" {
		t.Errorf("/orders/new is %s: an ID that changes replaces the resource", got)
	}
	seen := map[string]string{}
	for _, text := range []string{
		"/orders/new", "/ordersNew", "/orders-new", "/orders/{new}", "/orders/{new+}", "/Orders/new", "/orders_new",
		"/orders/New", "/ordersnew",
	} {
		id := Identity(text)
		if other, taken := seen[id]; taken {
			t.Errorf("%s and %s are both %s", text, other, id)
		}
		seen[id] = text
	}
}

func TestOnlyWhatIsSetIsGiven(t *testing.T) {
	no := false
	got := fmt.Sprint(Given(map[string]any{
		"zero": 0, "empty": "", "nil": nil, "none": []string{}, "nothing": map[string]any{}, "off": false,
		"pointer": (*bool)(nil), "one": 1, "list": []string{"a"}, "text": "a",
	}))
	if want := "map[list:[a] one:1 text:a]"; got != want {
		t.Errorf("the properties are %s, want %s", got, want)
	}
	if got := Given(map[string]any{"off": &no}); len(got) != 1 {
		t.Error("a setting that is off on purpose is left out")
	}
}
