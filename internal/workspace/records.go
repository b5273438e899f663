package workspace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

// keptRecords is how many records of packages of one name are kept: for different systems, flags and so on.
const keptRecords = 3

// KeepNewestRecords removes all but the newest records of each package's name, and returns the stages of the others.
func (w Dir) KeepNewestRecords() (stages map[string]bool) {
	type record struct {
		Artifact struct{ Name, Stage string }
		path     string
		time     time.Time
	}
	var all []record
	entries, _ := os.ReadDir(w.Records()) // an error means that nothing is removed
	for _, entry := range entries {
		path := filepath.Join(w.Records(), entry.Name())
		info, err := entry.Info()
		if err != nil || filepath.Ext(path) != ".json" {
			continue
		}
		one := record{path: path, time: info.ModTime()}
		content, err := os.ReadFile(path)
		if err == nil && json.Unmarshal(content, &one) == nil {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b record) int {
		return cmp.Or(b.time.Compare(a.time), cmp.Compare(a.path, b.path))
	})
	stages = map[string]bool{}
	count := map[string]int{}
	for _, one := range all {
		if count[one.Artifact.Name]++; count[one.Artifact.Name] > keptRecords {
			_ = os.Remove(one.path)
			_ = os.Remove(SourcesOf(one.path))
			continue
		}
		stages[one.Artifact.Stage] = true
	}
	return stages
}

// SourcesOf returns the file with the hashes of the sources of a record's package. Builds do not read it.
func SourcesOf(record string) string { return strings.TrimSuffix(record, ".json") + ".sources" }

// WriteRecord writes a record and the sources of its package, and removes what belongs to packages that have not been
// built for a long time.
func (w Dir) WriteRecord(path string, record, sources any) error {
	content, err := json.MarshalIndent(record, "", "\t")
	if err != nil {
		return fmt.Errorf("record the build: %w", err)
	}
	hashes, err := json.Marshal(sources)
	if err != nil {
		return fmt.Errorf("record the build: %w", err)
	}
	if err := os.MkdirAll(w.Records(), 0o755); err != nil {
		return w.Unwritable(err)
	}
	if err := files.WriteAgain(SourcesOf(path), hashes); err != nil {
		return w.Unwritable(err)
	}
	if err := files.Write(path, append(content, '\n')); err != nil {
		return w.Unwritable(err)
	}
	w.SweepStages(w.KeepNewestRecords())
	return nil
}

// ReadRecord reads a record, or the sources of one, and reports whether there is one.
func ReadRecord(path string, into any) bool {
	content, err := os.ReadFile(path)
	return err == nil && json.Unmarshal(content, into) == nil
}

// RecordOf returns the path of a zip's record: the one with its checksum, or else the newest of that zip, or "".
func (w Dir) RecordOf(zip, checksum string) string {
	newest, at := "", time.Time{}
	entries, _ := os.ReadDir(w.Records()) // an error means that there is none
	for _, entry := range entries {
		path := filepath.Join(w.Records(), entry.Name())
		var record struct {
			Artifact struct{ Zip, Checksum string }
		}
		info, err := entry.Info()
		if err != nil || filepath.Ext(path) != ".json" || !ReadRecord(path, &record) || record.Artifact.Zip != zip {
			continue
		}
		if record.Artifact.Checksum == checksum {
			return path
		}
		if info.ModTime().After(at) {
			newest, at = path, info.ModTime()
		}
	}
	return newest
}
