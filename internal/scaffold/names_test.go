package scaffold

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"shop":                  "",
		"Shop-2":                "",
		strings.Repeat("a", 40): "",
		"":                      "has no name",
		"-template=api":         "looks like a flag: write the name first",
		"apps/shop":             "use a name without a path",
		`apps\shop`:             "use a name without a path",
		"/":                     "use a name without a path",
		".":                     "has a folder of its own",
		"..":                    "has a folder of its own",
		"my_shop":               "use letters, digits and hyphens",
		"my shop":               "use letters, digits and hyphens",
		"café":                  "use letters, digits and hyphens",
		"shop\n":                "use letters, digits and hyphens",
		"2shop":                 "begin with a letter",
		strings.Repeat("a", 41): "has 41 characters",
		"vendor":                "choose another",
		"CON":                   "choose another",
		"com1":                  "choose another",
	} {
		if err := CheckName(name); !says(err, want) {
			t.Errorf("name %q: %v, want %q", name, err, want)
		}
	}
}

func TestModulePaths(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/me/shop":     "",
		"shop":                   "",
		"example.com/Shop/v2":    "",
		"git.sr.ht/~me/shop_1":   "",
		"":                       "is empty",
		"-mod=mod":               "begins with a hyphen",
		"github.com//shop":       "has an empty element",
		"/shop":                  "has an empty element",
		"shop/":                  "has an empty element",
		"./shop":                 `has the element "."`,
		"example.com/../shop":    `has the element ".."`,
		"example.com/.shop":      `has the element ".shop"`,
		"example.com/shop.":      `has the element "shop."`,
		"example.com/my shop":    `has the element "my shop"`,
		"example.com/café":       `has the element "café"`,
		`example.com\shop`:       "use letters, digits and the characters",
		"https://example.com":    `has the element "https:"`,
		"example.com/shop@v1":    `has the element "shop@v1"`,
		"example.com/a\nrequire": "use letters, digits and the characters",
		"example.com/nul.x":      "a device on Windows",
		"example.com/LPT9/shop":  "a device on Windows",
		"example.com/lpt10":      "",
		"example.com/shop/v1":    "ends with /v1, which the go command takes for a major version",
		"example.com/shop/v0":    "ends with /v0",
		"example.com/shop/v02":   "ends with /v02",
		"example.com/shop/v2.0":  "ends with /v2.0",
		"example.com/shop/v10":   "",
		"example.com/shopv1":     "",
		"v1":                     "",
		"gopkg.in/shop":          "does not end with a version",
		"gopkg.in/me/shop.v02":   "does not end with a version",
		"gopkg.in/me/shop/v2":    "does not end with a version",
		"gopkg.in/shop.v0":       "",
		"gopkg.in/me/shop.v12":   "",
		"gopkg.in/x.v1-unstable": "",
		"gopkg.in/x.v0-unstable": "does not end with a version",
		"example.com/shop~1":     "a short name of Windows",
		"example.com/shop~1.x":   "a short name of Windows",
		"example.com/~1/shop":    "a short name of Windows",
		"example.com/shop~a1":    "",
		"all":                    "means something else to the go command",
		"std":                    "means something else to the go command",
		"tool":                   "means something else to the go command",
		"toolchain":              "means something else to the go command",

		"github.com/go-sparta/sparta": "is that of the library",
	} {
		if err := CheckModule(path); !says(err, want) {
			t.Errorf("module path %q: %v, want %q", path, err, want)
		}
	}
}

// says reports whether an error has the text, or whether there is none if the text is empty.
func says(err error, text string) bool {
	if text == "" || err == nil {
		return text == "" && err == nil
	}
	return strings.Contains(err.Error(), text)
}
