package gosource

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// memoryFile is what a Memory keeps for other processes. It has only the names of variables: values may be secrets.
type memoryFile struct {
	Signature string
	Env       Environment // without GOFLAGS
	Settings  []string    // names
	Main      int         // index of the main package
	Packages  []*Package
}

// Save writes the findings for other processes, unless the file has them or other processes could not rely on them.
func (m *Memory) Save() error {
	if m.File == "" || m.signature == "" || m.signature == m.saved || !m.findings.lasting() {
		return nil
	}
	f := memoryFile{
		Signature: m.signature,
		Env:       m.findings.Env,
		Settings:  slices.Sorted(maps.Keys(m.findings.Settings)),
		Main:      slices.Index(m.findings.App.Packages, m.findings.App.Main),
		Packages:  m.findings.App.Packages,
	}
	f.Env.GOFLAGS = ""
	content, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := files.Write(m.File, content); err != nil {
		return err
	}
	m.saved = m.signature
	return nil
}

// load reads the findings of another process, if there are any.
func (m *Memory) load() {
	if m.File == "" {
		return
	}
	content, err := os.ReadFile(m.File)
	var f memoryFile
	if err != nil || json.Unmarshal(content, &f) != nil || f.Main < 0 || f.Main >= len(f.Packages) ||
		slices.Contains(f.Packages, nil) {
		return
	}
	set := readSettings()
	f.Env.GOFLAGS = set("GOFLAGS")
	m.findings = Findings{
		Env:      f.Env,
		Settings: Settings{},
		App:      &Application{Main: f.Packages[f.Main], Packages: f.Packages, ModCache: f.Env.GOMODCACHE},
	}
	for _, name := range f.Settings {
		m.findings.Settings[name] = set(name)
	}
	m.signature, m.saved = f.Signature, f.Signature
}

// lasting reports whether another process with the same environment finds the same. A program that stands in for the
// go command may decide by files that are unknown here.
func (f Findings) lasting() bool {
	set := readSettings()
	if f.App == nil || f.Env.GOFLAGS != set("GOFLAGS") || goCommand().version == "" {
		return false
	}
	for name, value := range f.Settings {
		if value != set(name) {
			return false
		}
	}
	return true
}

// readSettings returns a function that returns the value of a variable for the go command: the environment's, or what
// `go env -w` has set.
func readSettings() func(name string) string {
	content, _ := os.ReadFile(settingsFile()) // it need not exist
	written := map[string]string{}
	for line := range strings.Lines(string(content)) {
		if name, value, found := strings.Cut(strings.TrimRight(line, "\r\n"), "="); found {
			written[name] = value
		}
	}
	return func(name string) string { return cmp.Or(os.Getenv(name), written[name]) }
}
