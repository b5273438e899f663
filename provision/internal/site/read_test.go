package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// folderOf writes files, by their names, into a new folder.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFoldersThatCannotBePublished(t *testing.T) {
	link := func(target, name string) func(*testing.T, *sparta.S3Site) {
		return func(t *testing.T, s *sparta.S3Site) {
			t.Helper()
			if err := os.Symlink(target, filepath.Join(s.Dir, name)); err != nil {
				t.Skip(err)
			}
		}
	}
	outside := folderOf(t, map[string]string{"secret.txt": "s"})
	tests := map[string]struct {
		files  map[string]string
		change func(*testing.T, *sparta.S3Site)
		want   string
	}{
		"a folder that does not exist": {
			nil, func(_ *testing.T, s *sparta.S3Site) { s.Dir += "/missing" },
			"the folder does not exist",
		},
		"a file": {
			map[string]string{"a": ""},
			func(_ *testing.T, s *sparta.S3Site) { s.Dir += "/a" },
			"it is not a folder: set Dir to the folder with the site's files",
		},
		"an empty folder":                 {nil, nil, "the folder is empty: add the site's files, or set"},
		"a folder with hidden files only": {map[string]string{".env": "A=1"}, nil, "the folder is empty"},
		"no index document": {
			map[string]string{"a.html": ""},
			nil,
			"index.html is missing: add it, or name another file in WebsiteConfiguration.IndexDocument",
		},
		"no error document": {map[string]string{"index.html": ""}, func(_ *testing.T, s *sparta.S3Site) {
			s.WebsiteConfiguration = withErrorDocument("404.html")
		}, "404.html is missing: add it, or name another file in WebsiteConfiguration.ErrorDocument"},
		"a manifest": {
			map[string]string{"index.html": "", "MANIFEST.json": "{}"},
			nil,
			"MANIFEST.json is written by the deployment: rename the file",
		},
		"a backslash in a name": {
			map[string]string{"index.html": "", `a\b`: ""},
			nil,
			`"a\\b" is not a name that URLs can have: rename the file`,
		},
		"a line break in a name": {
			map[string]string{"index.html": "", "a\nb": ""},
			nil,
			`"a\nb" is not a name that URLs can have: rename the file`,
		},
		"a control character in a name": {
			map[string]string{"index.html": "", "a\x01b": ""},
			nil,
			`"a\x01b" is not a name that URLs can have: rename the file`,
		},
		"the folder of the application": {
			nil, func(_ *testing.T, s *sparta.S3Site) { s.Dir = "." },
			"the folder contains the application (",
		},
		"a folder above the application": {
			nil, func(_ *testing.T, s *sparta.S3Site) { s.Dir = "../.." },
			"the folder contains the application (",
		},
		"a setting that is invalid": {
			map[string]string{"index.html": ""},
			func(_ *testing.T, s *sparta.S3Site) {
				s.CacheControl = []sparta.SiteCacheControl{{Pattern: "[", Value: "no-cache"}}
			},
			`CacheControl[0].Pattern "[" is invalid`,
		},
		"a link to itself": {
			map[string]string{"index.html": ""},
			link("a.txt", "a.txt"),
			"a.txt cannot be read: ",
		},
		"a link to a file elsewhere": {
			map[string]string{"index.html": ""},
			link(filepath.Join(outside, "secret.txt"), "a.txt"),
			"a.txt is a link to " + filepath.Join(outside, "secret.txt") + ", which is not in the folder: copy the " +
				"file, or remove the link",
		},
		"a link to a folder elsewhere": {
			map[string]string{"index.html": ""},
			link(outside, "a"),
			"a is a link to " + outside + ", which is not in the folder",
		},
		"a link to a hidden file": {
			map[string]string{"index.html": "", ".env": "SECRET=1"},
			link(".env", "a.txt"),
			"a.txt is a link to .env, and names that begin with a dot are not published: copy the file, or remove",
		},
		"a link to nothing": {
			map[string]string{"index.html": ""},
			link("missing", "a.txt"),
			"a.txt is a link to something that does not exist: remove it",
		},
		"a link to a folder": {
			map[string]string{"index.html": "", "a/b.txt": ""},
			link("a", "c"),
			"c is a link to a folder: copy the folder, or remove the link",
		},
		"a link to the folder itself": {
			map[string]string{"index.html": ""},
			link(".", "loop"),
			"loop is a link to a folder",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			described := &sparta.S3Site{Dir: folderOf(t, test.files)}
			if test.change != nil {
				test.change(t, described)
			}
			_, err := Read(described)
			if want := "site " + described.Dir + ": " + test.want; err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("error is %v\n    want %s", err, want)
			}
		})
	}
}

func TestAFolderIsReadWithHeaders(t *testing.T) {
	described := &sparta.S3Site{
		Dir: folderOf(t, map[string]string{
			"index.html": "<p>", "deep/er/a.PNG": "", ".git/config": "", ".env": "", ".well-known/security.txt": "x",
			"license": "", "app.js": "1",
		}),
		CacheControl: []sparta.SiteCacheControl{{Pattern: "deep/*/*.PNG", Value: "max-age=1"}},
	}
	if err := os.Symlink("app.js", filepath.Join(described.Dir, "linked.js")); err != nil {
		t.Skip(err)
	}
	folder, err := Read(described)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		".well-known/security.txt text/plain; charset=utf-8 no-cache",
		"app.js text/javascript; charset=utf-8 no-cache",
		"deep/er/a.PNG image/png max-age=1",
		"index.html text/html; charset=utf-8 no-cache",
		"license application/octet-stream no-cache",
		"linked.js text/javascript; charset=utf-8 no-cache",
	}
	var got []string
	for _, file := range folder.Files {
		got = append(got, file.Key+" "+file.ContentType+" "+file.CacheControl)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("files are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	const sum = "4da1a46ec20cf93ee5c846a51e04f0ed" // of <p>
	if folder.Size != 6 || folder.Hidden != 2 || folder.Files[3].MD5 != sum {
		t.Errorf("%d bytes, %d hidden, sum %s", folder.Size, folder.Hidden, folder.Files[3].MD5)
	}
}

func TestAPreviewNamesTheFilesOfASite(t *testing.T) {
	files := map[string]string{"index.html": "home", ".env": "A=1"}
	for i := range 12 {
		files[fmt.Sprintf("%02d.txt", i)] = "text"
	}
	folder, err := Read(&sparta.S3Site{Dir: folderOf(t, files)})
	if err != nil {
		t.Fatal(err)
	}
	const size = "13 files of 52 bytes, without 1 file or folder whose names begin with a dot"
	for preview, want := range map[bool]string{
		false: size,
		true: size + ": provisioning uploads those that differ from the bucket's, and MANIFEST.json: 00.txt, 01.txt, " +
			"02.txt, 03.txt, 04.txt, 05.txt, 06.txt, 07.txt, 08.txt, 09.txt and 3 others",
	} {
		if got := folder.Describe(preview); got != want {
			t.Errorf("the folder has %s\nwant %s", got, want)
		}
	}
}

func TestNamesWithASumOfTheContentAreKept(t *testing.T) {
	for name, want := range map[string]bool{
		"main.8e0d62a1.js":               true,
		"main.3f2e1a4b5c6d7e8f9a0b.css":  true,
		"index-BKqB1l2s.css":             true,
		"chunk-5YQAX5HZ.js":              true,
		"main.8e0d62a1.js.map":           true,
		"logo.8e0d62a1.png":              true,
		"index.html":                     false,
		"report.8e0d62a1.html":           false,
		"report.8e0d62a1.HTML":           false,
		"INDEX-BKqB1l2s.CSS":             true,
		"photo-20240101.jpg":             false,
		"photo-IPHONE15.jpg":             false,
		"logo-version2.png":              false,
		"app-Version2.js":                false,
		"app-VERSION2.js":                false,
		"app-MyPage01.js":                false,
		"utils-Base64Js.js":              false,
		"decoder-IPv6Test.js":            false,
		"report-02feb2024.pdf":           false,
		"report-facade01.pdf":            false,
		"app.js":                         false,
		"8e0d62a1.js":                    false,
		"deadbeef.js":                    false,
		"app-homepage.js":                false,
		"d41d8cd98f00b204e9800998ecf84.": false,
	} {
		if got := hasSum(name); got != want {
			t.Errorf("%s: %t, want %t", name, got, want)
		}
	}
}
