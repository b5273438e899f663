package publish

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// publishedBefore are files as a record and a bucket have them.
func publishedBefore(files ...site.File) (objects map[string]string, record map[string]site.Entry) {
	objects, record = map[string]string{site.RecordKey: "r"}, map[string]site.Entry{}
	for _, file := range files {
		objects[file.Key], record[file.Key] = file.MD5, file.Entry()
	}
	return objects, record
}

func page(key, content string) site.File {
	return site.File{Key: key, MD5: content, ContentType: "text/html", CacheControl: "no-cache"}
}

func TestOnlyWhatDiffersIsChanged(t *testing.T) {
	index, about := page("index.html", "1"), page("about.html", "2")
	changed, other := page("about.html", "3"), page("about.html", "2")
	other.CacheControl = "no-store"
	documents := site.Documents{Index: "index.html", Error: "error.html"}
	tests := map[string]struct {
		files  []site.File
		change func(objects map[string]string, record map[string]site.Entry)
		// What is done, by key or path.
		upload, remove, paths string
	}{
		"nothing":        {files: []site.File{index, about}},
		"a changed file": {files: []site.File{index, changed}, upload: "about.html", paths: "/about.html"},
		"another header": {files: []site.File{index, other}, upload: "about.html", paths: "/about.html"},
		"a file less":    {files: []site.File{index}, remove: "about.html", paths: "/about.html"},
		"a file more": {
			files: []site.File{index, about, page("a b/ü.html", "")}, upload: "a b/ü.html", paths: "/a%20b/%C3%BC.html",
		},
		"an error page": {
			files: []site.File{index, about, page("error.html", "")}, upload: "error.html", paths: "/*",
		},
		"an index page": {
			files: []site.File{page("index.html", "9"), about}, upload: "index.html", paths: "/ /index.html",
		},
		"a folder's page": {
			files:  []site.File{index, about, page("x/index.html", "9")},
			upload: "x/index.html", paths: "/x/ /x/index.html",
		},
		"a file that CloudFront cannot invalidate": {
			files: []site.File{index, about, page("index.html~", "")}, upload: "index.html~", paths: "/*",
		},
		"a file that somebody else has changed": {
			files:  []site.File{index, about},
			change: func(objects map[string]string, _ map[string]site.Entry) { objects["about.html"] = "x" },
			upload: "about.html", paths: "/about.html",
		},
		"a file that somebody else has deleted": {
			files:  []site.File{index, about},
			change: func(objects map[string]string, _ map[string]site.Entry) { delete(objects, "about.html") },
			upload: "about.html", paths: "/about.html",
		},
		"a run that was killed after its uploads": {
			files:  []site.File{index, changed},
			change: func(objects map[string]string, _ map[string]site.Entry) { objects["about.html"] = "3" },
			upload: "about.html", paths: "/about.html",
		},
		"a run that was killed after its deletions": {
			files:  []site.File{index},
			change: func(objects map[string]string, _ map[string]site.Entry) { delete(objects, "about.html") },
			paths:  "/about.html",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			objects, record := publishedBefore(index, about)
			if test.change != nil {
				test.change(objects, record)
			}
			plan := newPlan(test.files, objects, record)
			var upload []string
			for _, file := range plan.upload {
				upload = append(upload, file.Key)
			}
			got := fmt.Sprintf("upload %s, remove %s, invalidate %s", strings.Join(upload, " "),
				strings.Join(plan.remove, " "), strings.Join(plan.paths(documents), " "))
			want := fmt.Sprintf("upload %s, remove %s, invalidate %s", test.upload, test.remove, test.paths)
			if got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

func TestTheFirstDeploymentInvalidatesNothing(t *testing.T) {
	plan := newPlan([]site.File{page("index.html", "1")}, map[string]string{}, nil)
	if len(plan.upload) != 1 || len(plan.paths(site.Documents{Index: "index.html"})) != 0 {
		t.Errorf("plan is %+v", plan)
	}
	// A run before this one was killed, and CloudFront may have cached what it has uploaded.
	plan = newPlan([]site.File{page("index.html", "1")}, map[string]string{"index.html": "0"}, nil)
	if got := plan.paths(site.Documents{Index: "index.html"}); !slices.Equal(got, []string{"/", "/index.html"}) {
		t.Errorf("paths are %v", got)
	}
}

func TestManyChangesInvalidateEverything(t *testing.T) {
	for count, want := range map[int]int{15: 15, 16: 1} {
		objects, record := publishedBefore(page("index.html", "1"))
		var files []site.File
		for i := range count {
			files = append(files, page(fmt.Sprintf("%d.html", i), "1"))
		}
		plan := newPlan(append(files, page("index.html", "1")), objects, record)
		if got := plan.paths(site.Documents{Index: "index.html"}); len(got) != want || want == 1 && got[0] != "/*" {
			t.Errorf("%d changes: %v", count, got)
		}
	}
}

func TestASinglePageIsCachedUnderAnyPath(t *testing.T) {
	described := &sparta.S3Site{Dir: "public", SinglePage: true}
	objects, record := publishedBefore(page("index.html", "1"), page("a.html", "1"))
	plan := newPlan([]site.File{page("index.html", "2"), page("a.html", "1")}, objects, record)
	if got := plan.paths(site.DocumentsOf(described, nil)); !slices.Equal(got, []string{"/*"}) {
		t.Errorf("paths are %v", got)
	}
}
