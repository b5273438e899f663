package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Lambda's sizes in bytes; it counts 1 MB as 1024 x 1024 bytes.
const (
	// MaxDirect is the limit of a zip file in a request. A larger one has to be in S3, from where cgo:provision
	// deploys every package.
	MaxDirect = 50 << 20
	// MaxUnzipped is the limit of a function's files, its layers' included.
	MaxUnzipped = 250 << 20
)

// LimitError is the error of an archive that Lambda would refuse.
type LimitError struct {
	Path    string
	Size    int64  // bytes of its files
	Largest []File // the largest first
}

// Error names the sizes, the files to look at and what to do.
func (e *LimitError) Error() string {
	return fmt.Sprintf("%s is too large for Lambda: %s unzipped, the limit is %s. Largest: %s. "+
		"Next: leave files out of the package, or fetch them from S3 when the function starts (layers count too)",
		e.Path, megabytes(e.Size), megabytes(MaxUnzipped), describe(e.Largest))
}

// CheckLimit returns a *LimitError if Lambda would refuse an archive of these files.
func CheckLimit(path string, files []File) error {
	report := Report{Path: path, Files: files}
	for _, f := range files {
		report.Unzipped += f.Size
	}
	if report.Unzipped > MaxUnzipped {
		return &LimitError{path, report.Unzipped, report.Largest(5)}
	}
	return nil
}

// String returns the sizes and up to three of the largest files, on one line.
func (r Report) String() string {
	zipped := megabytes(r.Size) + " zipped"
	if r.Size > MaxDirect {
		zipped += " (over " + megabytes(MaxDirect) + ": only S3 accepts it)"
	}
	return fmt.Sprintf("%s, %s unzipped (limit %s), %s; largest %s",
		zipped, megabytes(r.Unzipped), megabytes(MaxUnzipped), count(len(r.Files)), describe(r.notable(3)))
}

// Largest returns the n largest files, the largest first.
func (r Report) Largest(n int) []File {
	files := slices.Clone(r.Files)
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(b.Size, a.Size) })
	return files[:min(n, len(files))]
}

// notable returns up to n of the largest files: the first one, and others with at least a hundredth of the
// total.
func (r Report) notable(n int) []File {
	files := r.Largest(n)
	for i, f := range files {
		if i > 0 && f.Size < r.Unzipped/100 {
			return files[:i]
		}
	}
	return files
}

func describe(files []File) string {
	texts := make([]string, len(files))
	for i, f := range files {
		texts[i] = f.Name + " " + megabytes(f.Size)
	}
	return strings.Join(texts, ", ")
}

// megabytes rounds up, so that a size above a limit of 50 MB is not shown as 50.0 MB.
func megabytes(n int64) string {
	const mb = 1 << 20
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < mb:
		return fmt.Sprintf("%d KB", (n+1<<10-1)>>10)
	case n%mb == 0:
		return fmt.Sprintf("%d MB", n/mb)
	}
	return fmt.Sprintf("%.1f MB", float64((n*10+mb-1)/mb)/10)
}

func count(files int) string {
	if files == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", files)
}
