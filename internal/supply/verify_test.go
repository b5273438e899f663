package supply

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/archive"
)

func TestWhyAPackageIsNotTheSame(t *testing.T) {
	pack := func(content string) archive.Named {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "index.py"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "a.zip")
		if _, err := archive.Write(t.Context(), dir, path); err != nil {
			t.Fatal(err)
		}
		return archive.Named{Path: path, Name: filepath.Base(filepath.Dir(path)) + "/a.zip"}
	}
	then := Provenance{
		Source: "1", Go: "go1.26.8", Sparta: "v1.0.0", LinkerFlags: []string{"-s"},
		Settings: []Setting{{"GOAMD64", "v1"}, {"CGO_ENABLED", "1"}},
	}
	with := func(change func(*Provenance)) Provenance {
		now := then
		change(&now)
		return now
	}
	zip := pack("pass\n")
	if message, err := (Verification{Zip: zip, Again: pack("pass\n"), Then: then, Now: then}).Check(); err != nil ||
		!strings.Contains(message, "is what its sources make") {
		t.Errorf("the same bytes: %q, %v", message, err)
	}
	for want, v := range map[string]Verification{
		`likely because Go's version was "go1.26.8" and is "go1.27.0"`: {
			Now: with(func(p *Provenance) { p.Go = "go1.27.0" }),
		},
		"likely because these sources have changed: example.com/app/main.go": {
			Now: with(func(p *Provenance) { p.Source = "2" }), Changed: []string{"example.com/app/main.go"},
		},
		"likely because the sources have changed": {Now: with(func(p *Provenance) { p.Source = "2" })},
		"likely because the list of linker flags was \"-s\" and is \"-s -w\"": {
			Now: with(func(p *Provenance) { p.LinkerFlags = []string{"-s", "-w"} }),
		},
		`likely because the go command's setting GOAMD64 was "v1" and is "v3"`: {
			Now: with(func(p *Provenance) { p.Settings = []Setting{{"GOAMD64", "v3"}, {"CGO_ENABLED", "1"}} }),
		},
		"likely because the zip was changed after it was built": {Now: then, Checksum: "another"},
		"likely because something that is not recorded":         {Now: then},
	} {
		v.Zip, v.Again, v.Then = zip, pack("other\n"), then
		_, err := v.Check()
		if err == nil || !strings.Contains(err.Error(), want) ||
			!strings.Contains(err.Error(), "  index.py: 5 bytes in ") {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if got := shortened(strings.Split("abcdefghijkl", "")); got != "a, b, c, d, e, f, g, h, i, j and 2 more" {
		t.Errorf("got %s", got)
	}
}

func TestAnotherSettingOfBareIsNamed(t *testing.T) {
	pack := func(name string) archive.Named {
		dir, path := t.TempDir(), filepath.Join(t.TempDir(), "a.zip")
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(t.Context(), dir, path); err != nil {
			t.Fatal(err)
		}
		return archive.Named{Path: path, Name: filepath.Base(filepath.Dir(path)) + "/a.zip"}
	}
	bare, full := pack("index.py"), pack(sbomName)
	for _, v := range []Verification{{Zip: bare, Again: full}, {Zip: full, Again: bare}} {
		_, err := v.Check()
		if err == nil ||
			!strings.Contains(err.Error(), "likely because only one of the two was built with SPARTA_BARE") ||
			strings.Contains(err.Error(), "not recorded") {
			t.Errorf("got %v", err)
		}
	}
}

func TestOtherGo(t *testing.T) {
	for name, test := range map[string]struct{ chosen, linked, current, want string }{
		"another version":             {"", "go1.25.0", "go1.26.8", "go1.25.0"},
		"the same version":            {"", "go1.26.8", "go1.26.8", ""},
		"any toolchain":               {"auto", "go1.25.0", "go1.26.8", "go1.25.0"},
		"the user's own choice":       {"local", "go1.25.0", "go1.26.8", ""},
		"a version with experiments":  {"", "go1.25.0 X:jsonv2", "go1.26.8", ""},
		"a record without a version":  {"", "", "go1.26.8", ""},
		"the user's choice, the same": {"go1.25.0", "go1.26.8", "go1.25.0", ""},
	} {
		t.Setenv("GOTOOLCHAIN", test.chosen)
		if got := OtherGo(test.linked, test.current); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestPackageURLs(t *testing.T) {
	for want, p := range map[string][3]string{
		"pkg:golang/example.com/A.b@v1.0.0%2Bincompatible": {"golang", "example.com/A.b", "v1.0.0+incompatible"},
		"pkg:golang/example.com/app":                       {"golang", "example.com/app", ""},
		"pkg:pypi/a%20b@1%21.0":                            {"pypi", "a b", "1!.0"},
	} {
		if got := purl(p[0], p[1], p[2]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
