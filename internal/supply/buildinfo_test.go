package supply

import (
	"debug/buildinfo"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The test's own program was linked by Go, and so its build information is that of a library.
func TestBuildInfoIsThatOfTheStandardLibrary(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	want, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readBuildInfo(program)
	if err != nil {
		t.Fatal(err)
	}
	if got.Go != want.GoVersion || got.Path != want.Path || got.Main.Path != want.Main.Path {
		t.Errorf("got %s of %q with %s, want %s of %q with %s",
			got.Path, got.Main.Path, got.Go, want.Path, want.Main.Path, want.GoVersion)
	}
	if len(got.Deps) != len(want.Deps) || len(got.Settings) != len(want.Settings) {
		t.Fatalf("got %d modules and %d settings, want %d and %d",
			len(got.Deps), len(got.Settings), len(want.Deps), len(want.Settings))
	}
	for i, m := range want.Deps {
		if found := got.Deps[i]; found.Path != m.Path || found.Version != m.Version || found.Sum != m.Sum {
			t.Errorf("module %d is %+v, want %+v", i, found, *m)
		}
	}
	for i, setting := range want.Settings {
		if found := got.Settings[i]; found.Name != setting.Key || found.Value != setting.Value {
			t.Errorf("setting %d is %+v, want %+v", i, found, setting)
		}
	}
}

func TestBuildInfoOfOtherFiles(t *testing.T) {
	aligned := infoMagic + "\x08\x02" + strings.Repeat("\x00", 16)
	for name, content := range map[string]string{
		"nothing":                "",
		"no information":         "\x7fELF" + strings.Repeat("\x00", 100),
		"only the magic":         infoMagic,
		"an old format":          infoMagic + "\x08\x00" + strings.Repeat("\x00", 64),
		"a length without text":  aligned + "\x7f",
		"a length beyond 64 bit": aligned + strings.Repeat("\xff", 16),
		"a text that is not Go":  aligned + "\x04java\x00",
	} {
		path := filepath.Join(t.TempDir(), "library")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		info, err := readBuildInfo(path)
		if err == nil || !strings.Contains(err.Error(), "has no build information of Go") {
			t.Errorf("%s: got %+v, %v", name, info, err)
		}
	}
}

func TestReplacedModules(t *testing.T) {
	var info buildInfo
	for _, line := range []string{
		"path\texample.com/app", "mod\texample.com/app\t(devel)\t",
		"dep\texample.com/near\tv0.0.0", "=>\t../near\t\t", "dep\texample.com/fork\tv1.0.0",
		"=>\texample.com/own\tv1.2.3\th1:own=", `build	-tags="a b"`,
	} {
		info.add(strings.Split(line, "\t"))
	}
	if len(info.Deps) != 2 || len(info.Settings) != 1 || info.Settings[0].Value != "a b" {
		t.Fatalf("got %+v", info)
	}
	near, fork := info.Deps[0], info.Deps[1]
	if near.name() != "example.com/near" || !near.isLocal() || near.shown() != "example.com/near" {
		t.Errorf("the module of a folder is %+v", near)
	}
	if fork.name() != "example.com/own" || fork.original() != "example.com/fork" || fork.isLocal() ||
		fork.Sum != "h1:own=" {
		t.Errorf("the replaced module is %+v", fork)
	}
}
