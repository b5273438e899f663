package goflags

import (
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	tests := map[string]struct {
		list string
		want []string
		err  string
	}{
		"nothing":                               {"  ", nil, ""},
		"white space separates fields":          {" -s\t-w\n -v ", []string{"-s", "-w", "-v"}, ""},
		"quotes enclose a field":                {`-X 'a=b c' "d 'e'"`, []string{"-X", "a=b c", "d 'e'"}, ""},
		"an empty field":                        {`-X ''`, []string{"-X", ""}, ""},
		"a quote inside a field is a character": {`-X a='b c'`, []string{"-X", "a='b", "c'"}, ""},
		"a quote that never ends":               {`-X 'a=b`, nil, "a ' has no closing '"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Split(test.list)
			if !slices.Equal(got, test.want) || !says(err, test.err) {
				t.Fatalf("Split(%q) = %q, %v; want %q, %q", test.list, got, err, test.want, test.err)
			}
			if err != nil || test.want == nil || strings.Contains(name, "inside") {
				return
			}
			joined, err := Join(got)
			if again, _ := Split(joined); err != nil || !slices.Equal(again, got) {
				t.Errorf("Join(%q) = %q, %v, which splits into %q", got, joined, err, again)
			}
		})
	}
}

func TestMergeLinker(t *testing.T) {
	tests := map[string]struct{ user, want string }{
		"none":                              {"", "-s -w -compressdwarf=false"},
		"flags that the build has already":  {"-w -s", "-s -w -compressdwarf=false -w -s"},
		"the user's flags come last":        {"-s=false --w=0", "-s -w -s=false --w=0"},
		"symbols without debug information": {"-s=false", "-s -w -compressdwarf=false -s=false"},
		"a value that looks like a flag": {
			"-extldflags -s -X -w=x",
			"-s -w -compressdwarf=false -extldflags -s -X -w=x",
		},
		"the pattern for all packages is removed": {"all=-X main.v=1", "-s -w -compressdwarf=false -X main.v=1"},
		"values with double quotes": {
			`-X 'main.v=say "hi"'`,
			`-s -w -compressdwarf=false -X 'main.v=say "hi"'`,
		},
		"values with single quotes": {`-X "main.v=it's"`, `-s -w -compressdwarf=false -X main.v=it's`},
		"an assignment in one word": {"-X=main.v=1", "-s -w -compressdwarf=false -X=main.v=1"},
		"flags for the external linker": {
			`-extldflags '-Wl,-z,now -lm'`,
			`-s -w -compressdwarf=false -extldflags '-Wl,-z,now -lm'`,
		},
		"invalid flags are left to the go command": {`-X 'main.v=1`, `-s -w -X 'main.v=1`},
		"the same variable twice": {
			"-X a.b=1 -X a.b=2",
			"-s -w -compressdwarf=false -X a.b=1 -X a.b=2",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := MergeLinker(test.user); got != test.want {
				t.Errorf("MergeLinker(%q) = %q, want %q", test.user, got, test.want)
			}
		})
	}
}

// A debugger needs the symbols, even if the user's flags strip them.
func TestKeepSymbols(t *testing.T) {
	for user, want := range map[string]string{
		"":                      "-s=false -w=false",
		"-s -w -X 'main.v=a b'": "-s -w -X 'main.v=a b' -s=false -w=false",
		"all=-s":                "-s -s=false -w=false",
		"-X 'main.v=1":          "-X 'main.v=1",
	} {
		if got := KeepSymbols(user); got != want {
			t.Errorf("KeepSymbols(%q) = %q, want %q", user, got, want)
		}
	}
}

func TestCheckLinker(t *testing.T) {
	tests := map[string]struct{ flags, err string }{
		"flags":                     {"-X main.v=1", ""},
		"flags behind a pattern":    {"all=-X main.v=1", ""},
		"none":                      {"", ""},
		"a word that is not a flag": {"main.v=secret", "not a flag"},
		"quotes of both kinds":      {`-X=main.v=it's"`, ""},
		"a quote that never ends":   {"-X 'main.v=secret", "a ' has no closing '"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := CheckLinker(test.flags)
			if !says(err, test.err) {
				t.Errorf("CheckLinker(%q) = %v, want %q", test.flags, err, test.err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows a value: %v", err)
			}
		})
	}
}

func TestRedactLinker(t *testing.T) {
	tests := map[string]struct{ flags, want string }{
		"a value":                   {"-s -w -X main.key=hunter2", "-s -w -X main.key=…"},
		"a value with spaces":       {"-X 'main.key=hunter2 or 3' -v", "-X main.key=… -v"},
		"a value in one word":       {"-X=main.key=hunter2", "-X=main.key=…"},
		"a value behind two dashes": {"--X main.key=hunter2", "--X main.key=…"},
		"invalid flags":             {"-X 'main.key=hunter2", "…"},
		"flags without values":      {"-s -w -linkmode=external", "-s -w -linkmode=external"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := redactLinker(test.flags); got != test.want {
				t.Errorf("redactLinker(%q) = %q, want %q", test.flags, got, test.want)
			}
		})
	}
}

func TestRead(t *testing.T) {
	got, err := Read(`-tags=b,a '-ldflags=-X main.v=1 -v' -buildvcs=false --modfile=alt.mod -race`)
	if err != nil || !slices.Equal(got.Tags, []string{"a", "b"}) || got.LDFlags != "-X main.v=1 -v" ||
		got.modFile != "alt.mod" || got.Rest != "-buildvcs=false --modfile=alt.mod -race" {
		t.Errorf("Read() = %+v, %v", got, err)
	}
	if _, err := Read("'-tags=a"); !says(err, "GOFLAGS") {
		t.Errorf("unterminated GOFLAGS: %v", err)
	}
}

// says reports whether err contains the text, or for an empty text that there is no error.
func says(err error, text string) bool {
	if text == "" || err == nil {
		return text == "" && err == nil
	}
	return strings.Contains(err.Error(), text)
}

func TestTrimpath(t *testing.T) {
	for list, want := range map[string]bool{
		"": false, "-v -tags=trimpath": false, "-trimpath": true, "-v '--trimpath=true'": true, "-trimpath=0": false,
		"-trimpath=1 -trimpath=false": false, "-trimpath=maybe": false, "'-trimpath": false,
	} {
		if got := Trimpath(list); got != want {
			t.Errorf("Trimpath(%q) = %t", list, got)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for value, part := range map[string]string{
		"-n":                "-n, which makes",
		"--msan":            "-msan, whose sanitizer",
		"-asan=true":        "-asan, whose sanitizer",
		"-compiler=gccgo":   "-compiler, but only the compiler gc",
		"-linkshared":       "-linkshared, which",
		"-pkgdir=/packages": "-pkgdir, which",
		"-json":             "-json, which",
		"-v -o=x":           "-o, which",
	} {
		if _, err := Read(value); err == nil || !strings.Contains(err.Error(), "GOFLAGS has "+part) {
			t.Errorf("%s: %v, want an error about %q", value, err, part)
		}
	}
	for _, value := range []string{
		"-msan=false", "-compiler=gc", "-race", "-a", "-gcflags=all=-N", "-p=1", "-json=false",
	} {
		if f, err := Read(value); err != nil || f.Rest != value {
			t.Errorf("%s: %q, %v, want it unchanged", value, f.Rest, err)
		}
	}
}

func TestFilesOfFlags(t *testing.T) {
	f, err := Read("-overlay=o.json -pgo=/p.pgo '-toolexec=/usr/bin/time -v' -modfile=alt.mod")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{f.Overlay("/app"), f.Profile("/app", "/app/main"), f.Toolexec(), f.ModFile("/app")}
	if want := []string{"/app/o.json", "/p.pgo", "/usr/bin/time", "/app/alt.mod"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for value, want := range map[string]string{
		"": "/app/main/default.pgo", "-pgo=auto": "/app/main/default.pgo", "-pgo=off": "", "-pgo=x.pgo": "/app/x.pgo",
	} {
		f, err := Read(value)
		if got := f.Profile("/app", "/app/main"); err != nil || got != want {
			t.Errorf("%q: the profile is %q, %v, want %q", value, got, err, want)
		}
	}
}

func TestExternal(t *testing.T) {
	for flags, want := range map[string][]string{
		"":                                       nil,
		"-X main.v=1":                            nil,
		"'-extldflags=-L/lib -lone' -s":          {"-L/lib", "-lone"},
		"-extldflags '-lone' --extldflags=-ltwo": {"-lone", "-ltwo"},
		"-extldflagsx=-lone":                     nil,
	} {
		if got := External(flags); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", flags, got, want)
		}
	}
}

// A container needs the files that GOFLAGS names, wherever they are.
func TestFiles(t *testing.T) {
	for flags, test := range map[string]struct {
		want []string
		err  string
	}{
		"":                               {want: nil},
		"-pgo=off":                       {want: nil},
		"-pgo=/elsewhere/cpu.pgo":        {want: []string{"/elsewhere/cpu.pgo"}},
		"-modfile=/elsewhere/alt.mod":    {want: []string{"/elsewhere"}},
		"'-toolexec=/elsewhere/wrap -x'": {want: []string{"/elsewhere/wrap"}},
		"-toolexec=wrap":                 {err: "GOFLAGS has -toolexec=wrap, which a container does not have"},
	} {
		t.Run(flags, func(t *testing.T) {
			inherited, err := Read(flags)
			if err != nil {
				t.Fatal(err)
			}
			got, err := inherited.Files(t.TempDir())
			if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) ||
				!slices.Equal(got, test.want) {
				t.Errorf("got %q, %v, want %q, %q", got, err, test.want, test.err)
			}
		})
	}
}

func TestLoggedArgumentsHideValues(t *testing.T) {
	args := []string{"run", "-e", "SPARTA_KEY", "golang:1", "go", "build", "-ldflags=-s -w -X main.key=hunter2"}
	got := strings.Join(Redacted(args), " ")
	if strings.Contains(got, "hunter2") || !strings.Contains(got, "main.key=…") {
		t.Errorf("logged args: %s", got)
	}
	if args[6] != "-ldflags=-s -w -X main.key=hunter2" {
		t.Error("logging changed the arguments that are run")
	}
}

func TestTheErrorOfJoinHidesValues(t *testing.T) {
	_, err := Join([]string{`-X=main.v=it's a "secret"`})
	if !says(err, `flag "-X=…" contains both kinds of quotes`) {
		t.Error(err)
	}
}
