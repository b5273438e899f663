package chores

import (
	"bytes"
	"testing"
)

func TestLines(t *testing.T) {
	root := writeFiles(t, map[string]string{
		"short.go":        "12345678\r\n\t5678\n12\t5678\nüüüüüüüü",
		"long.go":         "1\n123456789\n\t56789\n",
		"long.txt":        "123456789",
		"testdata/long.x": "123456789",
		"text.md":         "| 345678 |\n|--------|\n\n    56789\n\t56789\n123456789\n   456789\n- 3 | 567\n",
	})
	for name, c := range map[string]struct {
		limit     int
		patterns  []string
		want, err string
	}{
		"no long lines": {9, []string{"*.go"}, "", ""},
		"long lines": {
			8,
			[]string{"*.go"},
			"long.go:2: 9 columns\nlong.go:3: 9 columns\n",
			"lines longer than 8 columns: 2; break them",
		},
		"Markdown, except for tables and indented code": {
			8,
			[]string{"*.md"},
			"text.md:6: 9 columns\ntext.md:7: 9 columns\ntext.md:8: 9 columns\n",
			"lines longer than 8 columns: 3; break them",
		},
		"files of several patterns": {
			8,
			[]string{"short.*", "*.txt"},
			"long.txt:1: 9 columns\n",
			"lines longer than 8 columns: 1; break them",
		},
		"folders that are skipped": {8, []string{"*.x"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := LineRule{Root: root, Limit: c.limit, Patterns: c.patterns}.Check(&out)
			if out.String() != c.want {
				t.Errorf("printed %q, want %q", &out, c.want)
			}
			if (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
				t.Errorf("error is %v, want %q", err, c.err)
			}
		})
	}
}
