// Package documents keeps the figures of the documents true: it writes them from saved results, and finds those that
// are not from there.
package documents

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// Newest reads the newest results for each Go release and Python client, in the order of columns. Groups that the
// newest ones lack are those of earlier ones.
func Newest(dir string) ([]*report.Report, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	newest := map[string]*report.Report{}
	for _, path := range slices.Sorted(slices.Values(paths)) { // a name begins with its date
		r, err := report.Read(path)
		if err != nil {
			return nil, err
		}
		if earlier := newest[column(r)]; earlier != nil {
			r.Keep(earlier)
		}
		newest[column(r)] = r
	}
	if len(newest) == 0 {
		return nil, errors.New("there are no results in " + dir + ": go tool mage bench -save makes some")
	}
	var all []*report.Report
	for _, r := range newest {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *report.Report) int {
		clients := session.Clients()
		if by := slices.Index(clients, a.Client) - slices.Index(clients, b.Client); by != 0 {
			return by
		}
		return strings.Compare(a.Go, b.Go)
	})
	return all, nil
}

var (
	minor = regexp.MustCompile(`^go\d+\.\d+`)
	apart = regexp.MustCompile(`[^a-z0-9]+`) // what anchors do not have, but hyphens
)

// release is the Go release of a report without its patch: go1.26.
func release(r *report.Report) string { return minor.FindString(r.Go) }

// column is a short name of a report.
func column(r *report.Report) string { return r.Client + ", " + release(r) }

// anchor is the place of a row's figure in docs/performance.md, which other documents link to.
func anchor(r *report.Report, one report.Row) string {
	peer := ""
	if one.Theirs != nil {
		peer = one.Theirs.Name
	}
	text := fmt.Sprintf("%s %s %s %s %s", one.Group, WithoutModule(one.What), peer, r.Client, release(r))
	return strings.Trim(apart.ReplaceAllString(strings.ToLower(text), "-"), "-")
}

// WithoutModule is the name of a measurement without that of Python's module for JSON.
func WithoutModule(what string) string {
	return strings.NewReplacer(", simplejson", "", ", json", "").Replace(what)
}
