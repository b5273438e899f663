package site

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

func TestAHandlerServesWhatCloudFrontWouldServe(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"index.html": "home", "about/index.html": "about", "error.html": "missing", "app.8e0d62a1.js": "js",
		".env": "SECRET", "LICENSE": "licence", "images/a 😀.txt": "smile",
	})
	manifest := File{Content: []byte("{}")}
	tests := map[string]struct {
		site       sparta.S3Site
		verb, path string
		code       int
		want       string // of the body, or where the client is sent
	}{
		"the root":                 {path: "/", code: 200, want: "home"},
		"a folder":                 {path: "/about/", code: 200, want: "about"},
		"a folder without a slash": {path: "/about?a=b", code: 302, want: "/about/?a=b"},
		"a host":                   {path: "//evil", code: 302, want: "/evil/"},
		"a file without extension": {path: "/LICENSE", code: 200, want: "licence"},
		"the manifest":             {path: "/MANIFEST.json", code: 200, want: "{}"},
		"nothing":                  {path: "/x.html", code: 404, want: "missing"},
		"a hidden file":            {path: "/.env", code: 404, want: "missing"},
		"something outside":        {path: "/../../etc/passwd.x", code: 404, want: "missing"},
		"something outside, encoded": {
			path: "/%2e%2e/%2e%2e/etc/passwd.x", code: 404, want: "missing",
		},
		"something outside, with encoded slashes": {path: "/..%2f..%2fetc%2fpasswd.x", code: 404, want: "missing"},
		"a folder above":          {path: "/about/../index.html", code: 404, want: "missing"},
		"a folder without index":  {path: "/images/", code: 404, want: "missing"},
		"a space and an emoji":    {path: "/images/a%20%F0%9F%98%80.txt", code: 200, want: "smile"},
		"only the head of a page": {verb: "HEAD", path: "/", code: 200},
		"a route of a single page": {
			site: sparta.S3Site{SinglePage: true}, path: "/orders/1", code: 200, want: "home",
		},
		"a request that writes":     {verb: "POST", path: "/", code: 403, want: "This distribution is"},
		"only the head of an error": {verb: "HEAD", path: "/x.html", code: 404},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.site.Dir = dir
			if test.verb == "" {
				test.verb = http.MethodGet
			}
			request := httptest.NewRequest(test.verb, "http://site.localhost/", nil)
			request.URL.Path, request.URL.RawPath, request.URL.RawQuery = pathOf(t, test.path)
			answer := httptest.NewRecorder()
			Handler{Site: &test.site, Manifest: manifest}.ServeHTTP(answer, request)
			got := answer.Body.String()
			if answer.Code == http.StatusFound {
				got = answer.Header().Get("Location")
			}
			if answer.Code != test.code || !strings.HasPrefix(got, test.want) || test.verb == "HEAD" && got != "" {
				t.Errorf("%d %s, want %d %s", answer.Code, got, test.code, test.want)
			}
		})
	}
	answer := httptest.NewRecorder()
	Handler{Site: &sparta.S3Site{Dir: dir}}.ServeHTTP(answer, httptest.NewRequest("GET", "/app.8e0d62a1.js", nil))
	if got := answer.Header(); got.Get("Content-Type") != "text/javascript; charset=utf-8" ||
		got.Get("Cache-Control") != forever {
		t.Errorf("headers are %v", got)
	}
}

// TestAHandlerServesLinksAsTheyArePublished: what Read accepts is served, and nothing else.
func TestAHandlerServesLinksAsTheyArePublished(t *testing.T) {
	dir := folderOf(t, map[string]string{"index.html": "home", "a/b.txt": "text", ".env": "SECRET"})
	outside := filepath.Join(folderOf(t, map[string]string{"secret.txt": "s"}), "secret.txt")
	published := map[string]string{ // targets by names
		"relative.txt": "index.html", "absolute.txt": filepath.Join(dir, "a", "b.txt"), "a/up.txt": "../index.html",
	}
	refused := map[string]string{
		"outside.txt": outside, "hidden.txt": filepath.Join(dir, ".env"), "nothing.txt": "missing", "c": "a",
	}
	for _, links := range []map[string]string{published, refused} {
		for name, target := range links {
			if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Skip(err)
			}
		}
	}
	folder, err := Read(&sparta.S3Site{Dir: dir})
	for name := range published {
		if folder == nil || !folder.Has(name) {
			t.Errorf("%s is not published", name)
		}
	}
	for name := range refused {
		if err == nil || !strings.Contains(err.Error(), ": "+name+" is a link") {
			t.Errorf("%s is not an error: %v", name, err)
		}
	}
	for name, code := range map[string]int{
		"relative.txt": 200, "absolute.txt": 200, "a/up.txt": 200, "a/b.txt": 200, "a//b.txt": 403,
		"outside.txt": 403, "hidden.txt": 403, "nothing.txt": 403, "c/b.txt": 403,
	} {
		answer := httptest.NewRecorder()
		Handler{Site: &sparta.S3Site{Dir: dir}}.ServeHTTP(answer, httptest.NewRequest("GET", "/"+name, nil))
		if answer.Code != code {
			t.Errorf("/%s is answered with %d, want %d", name, answer.Code, code)
		}
	}
}

// TestAHandlerAnswersConditionalRequests as S3 does, whose ETag is the MD5 sum.
func TestAHandlerAnswersConditionalRequests(t *testing.T) {
	dir := folderOf(t, map[string]string{"index.html": "home"})
	ask := func(path, etag string) *httptest.ResponseRecorder {
		request := httptest.NewRequest("GET", path, nil)
		request.Header.Set("If-None-Match", etag)
		answer := httptest.NewRecorder()
		Handler{Site: &sparta.S3Site{Dir: dir}, Manifest: File{Content: []byte("{}")}}.ServeHTTP(answer, request)
		return answer
	}
	etag := ask("/", "").Header().Get("ETag")
	if want := `"106a6c241b8797f52e1e77317b96a201"`; etag != want { // md5sum of home
		t.Errorf("the ETag is %s, want %s", etag, want)
	}
	if answer := ask("/", etag); answer.Code != http.StatusNotModified || answer.Body.Len() > 0 {
		t.Errorf("an unchanged file is answered with %d %s", answer.Code, answer.Body)
	}
	if answer := ask("/MANIFEST.json", ask("/MANIFEST.json", "").Header().Get("ETag")); answer.Code != 304 {
		t.Errorf("an unchanged manifest is answered with %d", answer.Code)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("emoh"), 0o600); err != nil {
		t.Fatal(err)
	}
	if answer := ask("/", etag); answer.Code != http.StatusOK || answer.Body.String() != "emoh" {
		t.Errorf("a changed file is answered with %d %s", answer.Code, answer.Body)
	}
}

func TestAHandlerServesPartsOfFiles(t *testing.T) {
	handler := Handler{Site: &sparta.S3Site{Dir: folderOf(t, map[string]string{"index.html": "home", "a.txt": "text"})}}
	request := httptest.NewRequest("GET", "/a.txt", nil)
	request.Header.Set("Range", "bytes=1-2")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Code != http.StatusPartialContent || answer.Body.String() != "ex" {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestAHandlersManifestHasTheHeadersOfTheDeployedOne(t *testing.T) {
	site := &sparta.S3Site{
		Dir: "public", CacheControl: []sparta.SiteCacheControl{{Pattern: "*.json", Value: "max-age=3600"}},
	}
	manifest, err := NewManifest(site, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	Handler{Site: site, Manifest: manifest}.ServeHTTP(answer, httptest.NewRequest("GET", "/MANIFEST.json", nil))
	if got := answer.Header(); got.Get("Cache-Control") != manifest.CacheControl ||
		got.Get("Content-Type") != manifest.ContentType {
		t.Errorf("headers are %v", got)
	}
}

// pathOf splits the target of a request: the path, how it is written, and the query.
func pathOf(t *testing.T, target string) (path, raw, query string) {
	t.Helper()
	written, query, _ := strings.Cut(target, "?")
	request, err := http.NewRequestWithContext(t.Context(), "GET", "http://site.localhost"+written, nil)
	if err != nil {
		t.Fatal(err)
	}
	return request.URL.Path, request.URL.RawPath, query
}
