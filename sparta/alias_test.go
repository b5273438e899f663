package sparta_test

import (
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestVersionsAndAliases(t *testing.T) {
	snapStart := &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}
	tests := map[string]struct {
		options  *sparta.LambdaFunctionOptions
		versions bool
		alias    string
	}{
		"no options":              {nil, false, ""},
		"empty options":           {&sparta.LambdaFunctionOptions{}, false, ""},
		"versions":                {&sparta.LambdaFunctionOptions{PublishVersion: true}, true, ""},
		"an alias":                {&sparta.LambdaFunctionOptions{Alias: "prod"}, true, "prod"},
		"SnapStart":               {&sparta.LambdaFunctionOptions{SnapStart: snapStart}, true, "live"},
		"SnapStart with an alias": {&sparta.LambdaFunctionOptions{SnapStart: snapStart, Alias: "prod"}, true, "prod"},
		"SnapStart on None": {
			&sparta.LambdaFunctionOptions{SnapStart: &sparta.LambdaFunctionSnapStart{ApplyOn: "None"}},
			false,
			"",
		},
		"provisioned": {&sparta.LambdaFunctionOptions{ProvisionedConcurrency: 1}, true, "live"},
		"Lambda@Edge": {&sparta.LambdaFunctionOptions{Edge: true}, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			versions, alias := test.options.PublishesVersions(), test.options.AliasName()
			if versions != test.versions || alias != test.alias {
				t.Errorf("publishes versions: %t, alias %q; want %t, %q", versions, alias, test.versions, test.alias)
			}
		})
	}
}
