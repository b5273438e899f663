package naming

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	long := strings.Repeat("a", 34)
	for name, c := range map[string]struct {
		name func(string) string
		of   string
		want string
	}{
		"a package":                     {Application, "example.com/shop/orders", "orders"},
		"a major version":               {Application, "example.com/orders/v2", "orders"},
		"not a major version":           {Application, "example.com/orders/v1", "v1"},
		"a two-digit major version":     {Application, "example.com/orders/v10", "orders"},
		"a version with a zero":         {Application, "example.com/orders/v02", "v02"},
		"the letter of a version":       {Application, "example.com/orders/v", "v"},
		"a name like a version":         {Application, "example.com/orders/v2x", "v2x"},
		"only a major version":          {Application, "v2", "v2"},
		"a file":                        {Application, "tools/two.go", "two"},
		"other characters":              {Application, "example.com/a+b", "a_b"},
		"characters of file names":      {Application, "example.com/A-z_0.9é\xff", "A-z_0.9__"},
		"a folder":                      {Folder, "/home/me/orders", "orders"},
		"a folder of a major version":   {Folder, "/home/me/orders/v3", "orders"},
		"such a folder at the root":     {Folder, "/v3", "v3"},
		"a file in a folder":            {Folder, "/home/me/one.go", "one"},
		"a service":                     {Service, "my.orders_2", "my-orders-2"},
		"a service that is a number":    {Service, "123app", "app-123app"},
		"a service of other characters": {Service, "日本", "app"},
		"a long service":                {Service, strings.Repeat("b", 80), strings.Repeat("b", 59)},
		"a function":                    {Function, "my-orders", "my_orders"},
		"a function of a long service":  {Function, long, "main"},
	} {
		if got := c.name(c.of); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
