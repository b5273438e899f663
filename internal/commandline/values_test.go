package commandline_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestPairs(t *testing.T) {
	got, err := commandline.Pairs("-parameter", "A=1, B=x=y,C=,")
	if want := map[string]string{"A": "1", "B": "x=y", "C": ""}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for list, lacks := range map[string]string{
		"s3cr3t": "an equals sign", "A=s3c,r3t": "an equals sign", "=s3cr3t": "a name",
	} {
		_, err := commandline.Pairs("-parameter", list)
		want := "-parameter has an entry without " + lacks + ": use Name=value"
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "r3t") {
			t.Errorf("%s: error %v, want %q", list, err, want)
		}
	}
}

func TestReadFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("\xef\xbb\xbfone,two\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := commandline.ReadFiles(map[string]string{"A": "plain", "B": "@" + file, "C": "@@home"})
	if want := map[string]string{"A": "plain", "B": "one,two", "C": "@home"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := commandline.ReadFiles(map[string]string{"A": "@none"}); err == nil ||
		!strings.Contains(err.Error(), "read parameter A from a file: open none") {
		t.Errorf("error %v", err)
	}
}
