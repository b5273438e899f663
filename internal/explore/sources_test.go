package explore

import "testing"

func TestThePathOfAModule(t *testing.T) {
	for mod, want := range map[string]string{
		"module example.com/shop\n\ngo 1.25\n":                    "example.com/shop",
		"// about it\n\nmodule\texample.com/shop // the shop\r\n": "example.com/shop",
		"module example.com/shop// deprecated":                    "example.com/shop",
		`module "example.com/shop" // the shop`:                   "example.com/shop",
		"module `example.com/shop`":                               "example.com/shop",
		"module (\n\t// the shop\n\t\"example.com/shop\"\n)\n":    "example.com/shop",
		"go 1.25\n": "",
		"":          "",
	} {
		if got := modulePath(mod); got != want {
			t.Errorf("%q: %q, want %q", mod, got, want)
		}
	}
}
