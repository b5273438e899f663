package archive_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/archive"
)

func TestIsIntact(t *testing.T) {
	tests := map[string]struct {
		change func(zip, folder string) error // after the archive was made; nil means nothing
		want   bool
	}{
		"as it was made": {want: true},
		"an additional file in the folder, as local runs leave": {
			change: func(_, folder string) error {
				return os.WriteFile(filepath.Join(folder, "b"), nil, 0o644)
			},
			want: true,
		},
		"another archive":   {change: func(zip, _ string) error { return os.WriteFile(zip, []byte("x"), 0o644) }},
		"no archive":        {change: func(zip, _ string) error { return os.Remove(zip) }},
		"a file is missing": {change: func(_, folder string) error { return os.Remove(filepath.Join(folder, "a")) }},
		"a longer file": {
			change: func(_, folder string) error {
				return os.WriteFile(filepath.Join(folder, "a"), []byte("two"), 0o644)
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			folder, zip := t.TempDir(), filepath.Join(t.TempDir(), "a.zip")
			if err := os.WriteFile(filepath.Join(folder, "a"), []byte("1"), 0o644); err != nil {
				t.Fatal(err)
			}
			report, err := archive.Write(t.Context(), folder, zip)
			if err != nil {
				t.Fatal(err)
			}
			if test.change != nil {
				if err := test.change(zip, folder); err != nil {
					t.Fatal(err)
				}
			}
			if got := archive.IsIntact(zip, report.Checksum, folder); got != test.want {
				t.Errorf("IsIntact is %t, want %t", got, test.want)
			}
		})
	}
}
