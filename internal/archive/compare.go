package archive

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Difference is an entry that two archives do not have in common.
type Difference struct {
	Name string
	How  string // for people: "only in the first"
}

// Compare lists how the entries of two archives, which are described for people, differ in content and in permissions.
func Compare(first, second Named) ([]Difference, error) {
	a, err := entries(first.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", first.Path, err)
	}
	defer a.close()
	b, err := entries(second.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", second.Path, err)
	}
	defer b.close()
	all := map[string]bool{}
	for _, set := range []contents{a, b} {
		for name := range set.files {
			all[name] = true
		}
	}
	var differences []Difference
	for _, name := range slices.Sorted(maps.Keys(all)) {
		how, err := compareFiles(a.files[name], b.files[name], first.Name, second.Name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if how != "" {
			differences = append(differences, Difference{name, how})
		}
	}
	return differences, nil
}

// Listing returns differences for people, each on a line that begins with a line end. Without any, only the archives
// themselves are not the same.
func Listing(differences []Difference) string {
	if len(differences) == 0 {
		return "\n  the files are the same, and the archive was packed by another program"
	}
	var text strings.Builder
	for _, d := range differences {
		fmt.Fprintf(&text, "\n  %s: %s", d.Name, d.How)
	}
	return text.String()
}

// Named is an archive, with a name for people.
type Named struct{ Path, Name string }

// contents are the entries of an archive.
type contents struct {
	files map[string]*zip.File
	close func() error
}

func entries(path string) (contents, error) {
	reader, err := zip.OpenReader(path)
	if err != nil {
		return contents{}, err
	}
	found := contents{files: map[string]*zip.File{}, close: reader.Close}
	for _, file := range reader.File {
		found.files[file.Name] = file
	}
	return found, nil
}

// compareFiles says how two entries differ; nil is one that the archive does not have.
func compareFiles(a, b *zip.File, first, second string) (string, error) {
	switch {
	case b == nil:
		return "only in " + first, nil
	case a == nil:
		return "only in " + second, nil
	case a.UncompressedSize64 != b.UncompressedSize64:
		return fmt.Sprintf("%d bytes in %s, %d in %s", a.UncompressedSize64, first, b.UncompressedSize64, second), nil
	}
	same, err := sameContent(a, b)
	switch {
	case err != nil:
		return "", err
	case !same:
		return "other content of the same size", nil
	case a.Mode() != b.Mode():
		return fmt.Sprintf("permissions %v in %s, %v in %s", a.Mode().Perm(), first, b.Mode().Perm(), second), nil
	}
	return "", nil
}

// sameContent compares the bytes of both files: the checksums that the archives have of them could be wrong.
func sameContent(a, b *zip.File) (bool, error) {
	x, err := readEntry(a)
	if err != nil {
		return false, err
	}
	y, err := readEntry(b)
	return bytes.Equal(x, y), err
}

func readEntry(file *zip.File) ([]byte, error) {
	in, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}
