package site

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// ambiguousSite is a site whose values would be confused if the paths of two of them were equal.
func ambiguousSite() *sparta.S3Site {
	return &sparta.S3Site{Dir: "public", UserManifestData: map[string]any{
		"a":   map[string]any{"b": cloudformation.Ref("First")},
		"a/b": cloudformation.Ref("Second"),
		"api": map[string]any{"URL": cloudformation.Ref("Third")},
		"id":  int64(9007199254740993), // a float64 cannot have it
	}}
}

func TestValuesOfAManifestAreNotConfused(t *testing.T) {
	outputs := map[string]string{"URL": "https://api"}
	for name, output := range userOutputs(ambiguousSite()) {
		ref, _ := output.Value.(map[string]any)["Ref"].(string)
		outputs[name] = "value of " + ref
	}
	if len(outputs) != 4 {
		t.Fatalf("outputs are %v", outputs)
	}
	manifest, err := NewManifest(ambiguousSite(), map[string]cloudformation.Output{"URL": {}}, outputs)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	const text = `{"URL": {"Value": "https://api"}, "userdata": {"a": {"b": "value of First"},
		"a/b": "value of Second", "api": {"URL": "value of Third"}, "id": 9007199254740993}}`
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		t.Fatal(err)
	}
	err = json.Unmarshal(manifest.Content, &got)
	if err != nil || !reflect.DeepEqual(got, want) || !strings.Contains(string(manifest.Content), "9007199254740993") {
		t.Errorf("manifest is %s, %v", manifest.Content, err)
	}
}

func TestValuesOfAPipelinesManifestAreNotConfused(t *testing.T) {
	ofAPI := map[string]cloudformation.Output{"URL": {Value: "https://api"}}
	text, values, err := unresolvedManifest(ambiguousSite(), ofAPI)
	want := []string{"/a/b", "/api/URL", "/a~1b", "api/URL"}
	if got := slices.Sorted(maps.Keys(values)); err != nil || !slices.Equal(got, want) {
		t.Errorf("values are %v, %v; want %v", got, err, want)
	}
	if values["api/URL"] != "https://api" || !strings.Contains(text, "9007199254740993") {
		t.Errorf("manifest is %s with %v", text, values)
	}
}

// TestUserDataThatLooksLikeAPlaceholder is marked, so that the custom resource leaves it as it is.
func TestUserDataThatLooksLikeAPlaceholder(t *testing.T) {
	site := &sparta.S3Site{UserManifestData: map[string]any{
		"a": map[string]any{"sparta:value": "api/URL"},
		"b": []any{map[string]any{"sparta:value": cloudformation.Ref("Bucket")}},
		"c": map[string]any{"sparta:value": 1, "d": 2},
	}}
	text, values, err := unresolvedManifest(site, nil)
	want := `{"userdata":{"a":{"sparta:value":["api/URL"]},` +
		`"b":[{"sparta:value":[{"sparta:value":"/b/0/sparta:value/0"}]}],"c":{"d":2,"sparta:value":1}}}`
	if err != nil || text != want || len(values) != 1 || values["/b/0/sparta:value/0"] == nil {
		t.Errorf("the manifest is %s with values %v (error: %v), want %s", text, values, err, want)
	}
}

func TestTheURLOfASiteIsItsFirstNameWithoutAWildcard(t *testing.T) {
	for names, want := range map[string]any{
		"www.example.com example.com":   "https://www.example.com",
		"*.example.com www.example.com": "https://www.example.com",
		"*.example.com":                 cloudformation.Sub("https://${S3SiteDistribution.DomainName}"),
	} {
		outputs := Outputs(&sparta.S3Site{Domain: &sparta.SiteDomain{Names: strings.Fields(names)}})
		if got := outputs[sparta.OutputS3SiteURL].Value; got != want {
			t.Errorf("%s: URL is %v, want %v", names, got, want)
		}
		if _, known := outputs["S3SiteDomainTarget"]; !known {
			t.Errorf("%s: the target of the records is missing", names)
		}
	}
}
