package archive

import (
	"errors"
	"testing"
)

func TestCheckLimit(t *testing.T) {
	files := []File{
		{"index.py", 900, 0},
		{"bin/hello.so", 9 << 20, 0},
		{"data/a.gz", 26<<20 - 901 - 900, 0},
		{"data/b.txt", 200 << 20, 0},
		{"data/c.txt", 10 << 20, 0},
		{"data/d.txt", 5<<20 + 1, 0},
		{"data/e.txt", 900, 0},
	}
	if err := CheckLimit("hello.zip", files); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	files[0].Size++
	err := CheckLimit("hello.zip", files)
	if limit := new(LimitError); !errors.As(err, &limit) {
		t.Fatalf("got %v, want a *LimitError", err)
	}
	const want = "hello.zip is too large for Lambda: 250.1 MB unzipped, the limit is 250 MB. " +
		"Largest: data/b.txt 200 MB, data/a.gz 26.0 MB, data/c.txt 10 MB, bin/hello.so 9 MB, data/d.txt 5.1 MB. " +
		"Next: leave files out of the package, or fetch them from S3 when the function starts " +
		"(layers count too)"
	if err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if files[0].Name != "index.py" {
		t.Error("CheckLimit reordered the files")
	}
}

func TestString(t *testing.T) {
	cases := map[string]struct {
		report Report
		want   string
	}{
		"several files": {
			Report{
				Size:     3 << 20,
				Unzipped: 9<<20 + 100,
				Files:    []File{{"a", 1, 1}, {"b", 1 << 10, 1}, {"c", 9 << 20, 1}, {"d", 100 << 10, 1}},
			},
			"3 MB zipped, 9.1 MB unzipped (limit 250 MB), 4 files; largest c 9 MB, d 100 KB",
		},
		"larger than a request may be": {
			Report{Size: 50<<20 + 1, Unzipped: 60 << 20, Files: []File{{"a", 60 << 20, 1}}},
			"50.1 MB zipped (over 50 MB: only S3 accepts it), 60 MB unzipped (limit 250 MB), 1 file; largest a 60 MB",
		},
		"one file": {
			Report{Size: 120, Unzipped: 7, Files: []File{{"index.py", 7, 9}}},
			"120 B zipped, 7 B unzipped (limit 250 MB), 1 file; largest index.py 7 B",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := c.report.String(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
