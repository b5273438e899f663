package builder

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
)

// A target and the program that it starts both analyze the application.
func TestOnlyTheTargetWarnsAboutUnknownSettings(t *testing.T) {
	t.Setenv("SPARTA_BUILDR", "host")
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.24\n", "main.go": "package main\n\nfunc main() {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		ctx  context.Context
		warn bool
	}{
		"a target":                  {t.Context(), true},
		"what a target has started": {Warned(t.Context()), false},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			log := logrus.New()
			log.SetOutput(&out)
			opts, err := Settings{Dir: dir, Builder: "host", Include: []string{"missing.txt"}, Logger: log}.Resolve()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Build(test.ctx, opts); err == nil {
				t.Error("there is no error about the missing file, which is found after the warning")
			}
			if warns := strings.Contains(out.String(), "SPARTA_BUILDR"); warns != test.warn {
				t.Errorf("warns: %t, want %t: %s", warns, test.warn, &out)
			}
		})
	}
}
