package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Lambda's limits in bytes; it counts 1 MB as 1024 x 1024 bytes.
const (
	MaxZipped   = 50 << 20  // of a zip file in a request
	MaxUnzipped = 250 << 20 // of a function's files, its layers' included
)

// LimitError is the error of an archive that Lambda would refuse.
type LimitError struct {
	Path    string
	What    string // "zipped" or "unzipped"
	Size    int64  // bytes
	Limit   int64  // bytes
	Largest []File // the largest first, in terms of What
}

// Error names the sizes, the files to look at and what to do.
func (e *LimitError) Error() string {
	size := unzipped
	next := "leave files out of the package, or fetch them from S3 when the function starts (layers count too)"
	if e.What == "zipped" {
		size, next = compressed, "leave files out of the package, or move them to a layer"
	}
	return fmt.Sprintf("%s is too large for Lambda: %s %s, the limit is %s. Largest: %s. Next: %s",
		e.Path, megabytes(e.Size), e.What, megabytes(e.Limit), describe(e.Largest, size), next)
}

// CheckLimits returns a *LimitError for an archive that Lambda would refuse.
func (r Report) CheckLimits() error {
	switch {
	case r.Unzipped > MaxUnzipped:
		return &LimitError{r.Path, "unzipped", r.Unzipped, MaxUnzipped, r.largest(5, unzipped)}
	case r.Size > MaxZipped:
		return &LimitError{r.Path, "zipped", r.Size, MaxZipped, r.largest(5, compressed)}
	}
	return nil
}

// String returns the sizes and up to three of the largest files, on one line.
func (r Report) String() string {
	return fmt.Sprintf("%s zipped (limit %s), %s unzipped (limit %s), %s; largest %s",
		megabytes(r.Size), megabytes(MaxZipped), megabytes(r.Unzipped), megabytes(MaxUnzipped),
		count(len(r.Files)), describe(r.notable(3), unzipped))
}

// Largest returns the n largest files, the largest first.
func (r Report) Largest(n int) []File { return r.largest(n, unzipped) }

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

func (r Report) largest(n int, size func(File) int64) []File {
	files := slices.Clone(r.Files)
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(size(b), size(a)) })
	return files[:min(n, len(files))]
}

func unzipped(f File) int64   { return f.Size }
func compressed(f File) int64 { return f.Compressed }

func describe(files []File, size func(File) int64) string {
	texts := make([]string, len(files))
	for i, f := range files {
		texts[i] = f.Name + " " + megabytes(size(f))
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
