package report

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Save writes the report to a folder, as DATE-MACHINE-GO-CLIENT.json, and returns the path. A report of the same name
// keeps the rows of groups that this one does not have. Rows of groups that have failed are not written.
func (r *Report) Save(dir, machine string) (string, error) {
	r = r.complete()
	name := strings.Join([]string{r.Date, machine, r.Go, r.Client}, "-") + ".json"
	path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-"))
	if earlier, err := Read(path); err == nil {
		r.Keep(earlier)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := r.WriteJSON(file); err != nil {
		_ = file.Close()
		return "", err
	}
	return path, file.Close()
}

// complete returns the report without rows of groups that have not been measured to their end.
func (r *Report) complete() *Report {
	whole := *r
	whole.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(one Row) bool {
		return !slices.ContainsFunc(r.Groups, func(g Group) bool { return g.Name == one.Group })
	})
	return &whole
}

// Keep adds the groups of an earlier report that have not been measured again.
func (r *Report) Keep(earlier *Report) {
	measured := map[string]bool{}
	for _, one := range r.Groups {
		measured[one.Name] = true
	}
	for _, one := range earlier.Groups {
		if !measured[one.Name] {
			r.Groups = append(r.Groups, one)
		}
	}
	for _, one := range earlier.Rows {
		if !measured[one.Group] {
			r.Rows = append(r.Rows, one)
		}
	}
}

// Read reads a report that has been saved.
func Read(path string) (*Report, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := new(Report)
	if err := json.Unmarshal(content, r); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return r, nil
}
