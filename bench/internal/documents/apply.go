package documents

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/bench/internal/report"
)

// Files returns the documents whose figures are from results: README.md and its neighbours, and those of docs/.
func Files(root string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		return nil, err
	}
	docs, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	return append(paths, docs...), err
}

// Update writes the figures of the results into the documents.
func Update(root string, reports []*report.Report) error {
	return each(root, func(path, content string) error {
		filled, err := Fill(content, reports)
		if err != nil || filled == content {
			return err
		}
		return os.WriteFile(path, []byte(filled), 0o644)
	})
}

// Check returns an error if a figure of a document is not that of the results, or is not from results at all.
func Check(root string, reports []*report.Report) error {
	return each(root, func(path, content string) error {
		filled, err := Fill(content, reports)
		if err == nil && filled != content {
			err = fmt.Errorf("a figure is not that of the newest results, first in line %d: go tool mage plots "+
				"writes it", firstDifference(content, filled))
		}
		name := filepath.Base(path)
		if found := Strangers(name, content); len(found) > 0 {
			err = errors.Join(err, fmt.Errorf("figures that are not from bench/results: %s: link them to their rows "+
				"of docs/performance.md, or begin the section with <!-- measured by hand: when and how -->",
				strings.Join(found, ", ")))
		}
		return err
	})
}

func each(root string, do func(path, content string) error) error {
	paths, err := Files(root)
	if err != nil {
		return err
	}
	var wrong []error
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err == nil {
			err = do(path, string(content))
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", filepath.Base(path), err))
		}
	}
	return errors.Join(wrong...)
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(one, other string) int {
	a, b := []byte(one), []byte(other)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return bytes.Count(a[:i], []byte("\n")) + 1
		}
	}
	return bytes.Count(a[:min(len(a), len(b))], []byte("\n")) + 1
}
