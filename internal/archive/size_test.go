package archive

import (
	"errors"
	"testing"
)

func TestCheckLimits(t *testing.T) {
	files := []File{
		{"index.py", 900, 400},
		{"bin/hello.so", 9 << 20, 4 << 20},
		{"data/a.gz", 60 << 20, 60 << 20},
		{"data/b.txt", 200 << 20, 1 << 20},
		{"data/c.txt", 10 << 20, 2 << 20},
		{"data/d.txt", 5<<20 + 1, 3 << 20},
	}
	cases := map[string]struct {
		zipped, unzipped int64
		want             string
	}{
		"at both limits": {50 << 20, 250 << 20, ""},
		"a byte over the zipped limit, with the files that compress worst": {
			50<<20 + 1,
			250 << 20,
			"hello.zip is too large for Lambda: 50.1 MB zipped, the limit is 50 MB. Largest: data/a.gz 60 MB, " +
				"bin/hello.so 4 MB, data/d.txt 3 MB, data/c.txt 2 MB, data/b.txt 1 MB. " +
				"Next: leave files out of the package, or move them to a layer",
		},
		"a byte over the unzipped limit, which counts first, with the largest files": {
			50<<20 + 1,
			250<<20 + 1,
			"hello.zip is too large for Lambda: 250.1 MB unzipped, the limit is 250 MB. Largest: data/b.txt 200 MB, " +
				"data/a.gz 60 MB, data/c.txt 10 MB, bin/hello.so 9 MB, data/d.txt 5.1 MB. " +
				"Next: leave files out of the package, or fetch them from S3 when the function starts " +
				"(layers count too)",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := Report{Path: "hello.zip", Size: c.zipped, Unzipped: c.unzipped, Files: files}.CheckLimits()
			if c.want == "" {
				if err != nil {
					t.Errorf("got %v, want no error", err)
				}
				return
			}
			var limit *LimitError
			if !errors.As(err, &limit) {
				t.Fatalf("got %v, want a *LimitError", err)
			}
			if err.Error() != c.want {
				t.Errorf("got\n%v\nwant\n%s", err, c.want)
			}
		})
	}
	if files[0].Name != "index.py" {
		t.Error("CheckLimits reordered the report's files")
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
			"3 MB zipped (limit 50 MB), 9.1 MB unzipped (limit 250 MB), 4 files; largest c 9 MB, d 100 KB",
		},
		"one file": {
			Report{Size: 120, Unzipped: 7, Files: []File{{"index.py", 7, 9}}},
			"120 B zipped (limit 50 MB), 7 B unzipped (limit 250 MB), 1 file; largest index.py 7 B",
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
