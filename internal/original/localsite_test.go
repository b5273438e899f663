package original

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/sparta"
)

func writeZip(t *testing.T, path string, content map[string]string) {
	t.Helper()
	if err := os.WriteFile(path, testfiles.Zip(t, content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// renderedSite is a template with a site, and the path of its archive, which is still to be written.
func renderedSite(t *testing.T) *Rendered {
	t.Helper()
	r := golden(t, "original-site.json")
	r.Site = filepath.Join(t.TempDir(), "OldSite-S3Site.zip")
	return r
}

func TestTheSiteHasTheFilesOfItsArchive(t *testing.T) {
	r := renderedSite(t)
	t.Chdir(filepath.Dir(r.Site))
	writeZip(t, r.Site, map[string]string{"index.html": "first", "css/site.css": "green", "old.html": "old"})
	service := described(t, r)
	site := service.Site
	if site == nil || !site.WebsiteHosting || site.UserManifestData["title"] != "Greetings" {
		t.Fatalf("the site is %+v", site)
	}
	contains(t, service.Picture, "data-site", "the files in OldSite-S3Site<")
	expectDocuments(t, site, "index.html", "")
	expectFile(t, site, "css/site.css", "green")

	writeZip(t, r.Site, map[string]string{"index.html": "second", "error.html": "missing"})
	again := described(t, r).Site
	if again.Dir != site.Dir {
		t.Errorf("the folder is now %s, not %s", again.Dir, site.Dir)
	}
	expectDocuments(t, again, "index.html", "error.html")
	expectFile(t, again, "index.html", "second")
	if left, _ := filepath.Glob(filepath.Join(again.Dir, "*.html")); len(left) != 2 {
		t.Errorf("the folder has %q", left)
	}
	if left, _ := filepath.Glob(".*"); len(left) > 0 {
		t.Errorf("temporary files are left: %q", left)
	}
}

// Runs of explore and invoke may describe the service at the same time.
func TestSeveralRunsUnpackASite(t *testing.T) {
	r := renderedSite(t)
	writeZip(t, r.Site, map[string]string{"index.html": "page", "a/b.txt": "b"})
	dir := strings.TrimSuffix(r.Site, ".zip")
	var runs sync.WaitGroup
	for range 4 {
		runs.Add(1)
		go func() {
			defer runs.Done()
			for range 50 {
				if err := unpack(r.Site, dir); err != nil {
					t.Errorf("unpack: %v", err)
					return
				}
			}
		}()
	}
	runs.Wait()
	expectFile(t, &sparta.S3Site{Dir: dir}, "a/b.txt", "b")
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(r.Site), ".*")); len(left) > 0 {
		t.Errorf("temporary files are left: %q", left)
	}
}

func TestATemplateWithoutASite(t *testing.T) {
	if site := described(t, golden(t, "original-queue.json")).Site; site != nil {
		t.Errorf("it has the site %+v", site)
	}
}

// A damaged archive is an error only where the site is wanted.
func TestADamagedSite(t *testing.T) {
	r := renderedSite(t)
	if err := os.WriteFile(r.Site, []byte("not a zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	service, err := NewService(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := service.Local(true); err == nil || !strings.Contains(err.Error(), "unpack the site's archive") {
		t.Errorf("the error is %v", err)
	}
	if local, _, err := service.Local(false); err != nil || local.Site != nil {
		t.Errorf("without a site, it is described as %+v, %v", local, err)
	}
}

func expectDocuments(t *testing.T, site *sparta.S3Site, index, missing string) {
	t.Helper()
	got := site.WebsiteConfiguration
	if got == nil || got.IndexDocument == nil || got.IndexDocument.Suffix != index {
		t.Fatalf("the documents are %+v, want %s for folders", got, index)
	}
	if none := got.ErrorDocument == nil; none != (missing == "") || !none && got.ErrorDocument.Key != missing {
		t.Errorf("the document for what does not exist is %+v, want %q", got.ErrorDocument, missing)
	}
}

func expectFile(t *testing.T, site *sparta.S3Site, name, want string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(site.Dir, filepath.FromSlash(name)))
	if err != nil || string(got) != want {
		t.Errorf("%s has %q (%v), want %q", name, got, err, want)
	}
}
