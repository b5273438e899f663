package site

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/sparta"
)

func TestFoldersResultInTheirIndexDocuments(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		testrequire.Lack(t, "node", err)
	}
	folder := &Folder{Files: []File{{Key: "docs/LICENSE"}, {Key: "docs/100% für"}, {Key: "index.html"}}}
	tests := map[string]struct {
		single      bool
		uri, query  string
		want, found string // the object, or where the client is sent
	}{
		"the root":                         {uri: "/", want: "/index.html"},
		"a folder":                         {uri: "/docs/", want: "/docs/index.html"},
		"a file":                           {uri: "/docs/a.css", want: "/docs/a.css"},
		"a file without an extension":      {uri: "/docs/LICENSE", want: "/docs/LICENSE"},
		"a file with an encoded name":      {uri: "/docs/100%25%20f%C3%BCr", want: "/docs/100%25%20f%C3%BCr"},
		"a folder with a wrong encoding":   {uri: "/docs%f", found: "/docs%f/"},
		"a well-known file":                {uri: "/.well-known/x", want: "/.well-known/x"},
		"a folder without a slash":         {uri: "/docs", found: "/docs/"},
		"a folder without a slash, asking": {uri: "/docs", query: "a=1&a=2&b", found: "/docs/?a=1&a=2&b"},
		"a host instead of a folder":       {uri: "//evil", found: "/evil/"},
		"a host after a backslash":         {uri: `/\evil`, found: "/evil/"},
		"a route of a single page":         {single: true, uri: "/orders", want: "/orders"},
		"the root of a single page":        {single: true, uri: "/", want: "/index.html"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, err := rewrite(&sparta.S3Site{Dir: "public", SinglePage: test.single}, folder)
			if err != nil {
				t.Fatal(err)
			}
			event, err := json.Marshal(map[string]any{"request": map[string]any{
				"uri": test.uri, "querystring": queryOf(test.query),
			}})
			if err != nil {
				t.Fatal(err)
			}
			const call = "%s\nvar r = handler(%s);\nconsole.log(r.uri || r.headers.location.value);"
			script := fmt.Sprintf(call, code, event)
			out, err := exec.CommandContext(t.Context(), node, "-e", script).CombinedOutput()
			if want := test.want + test.found; err != nil || strings.TrimSpace(string(out)) != want {
				t.Errorf("%s results in %s, %v; want %s", test.uri, out, err, want)
			}
		})
	}
}

// queryOf is a query as CloudFront passes it to functions.
func queryOf(text string) map[string]any {
	query := map[string]any{}
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name == "" {
			continue
		}
		one := map[string]any{"value": value}
		if before, twice := query[name].(map[string]any); twice {
			query[name] = map[string]any{"value": value, "multiValue": []any{before, one}}
			continue
		}
		query[name] = one
	}
	return query
}

func TestTooManyFilesWithoutExtensionsAreRefused(t *testing.T) {
	folder := &Folder{}
	for i := range 2000 {
		folder.Files = append(folder.Files, File{Key: fmt.Sprint("file", i)})
	}
	_, err := rewrite(&sparta.S3Site{Dir: "public"}, folder)
	if err == nil || !strings.HasPrefix(err.Error(), "site public: 2000 files have names without an extension") {
		t.Errorf("error is %v", err)
	}
}
