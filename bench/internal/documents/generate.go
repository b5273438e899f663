package documents

import (
	"fmt"
	"regexp"

	"github.com/go-sparta/sparta/bench/internal/report"
)

var (
	region = regexp.MustCompile(`(?s)(<!-- from the results: (\w+) -->\n\n?).*?\n?(<!-- end -->)`)
	link   = regexp.MustCompile(`\[(\d[^][]*)\]\((?:docs/)?performance\.md#([a-z0-9-]+)\)`)
)

// Fill returns a document with the figures of the results: tables between the marks "from the results: GROUP" and
// "end", and the texts of links to figures in docs/performance.md.
func Fill(document string, reports []*report.Report) (string, error) {
	var wrong error
	document = region.ReplaceAllStringFunc(document, func(found string) string {
		parts := region.FindStringSubmatch(found)
		table := ""
		if parts[2] == "runs" {
			table = runs(reports)
		} else {
			table = group(reports, parts[2])
		}
		return "<!-- from the results: " + parts[2] + " -->\n\n" + table + "\n" + parts[3]
	})
	known := figures(reports)
	document = link.ReplaceAllStringFunc(document, func(found string) string {
		parts := link.FindStringSubmatchIndex(found)
		name := found[parts[4]:parts[5]]
		figure, ok := known[name]
		if !ok {
			wrong = fmt.Errorf("a link refers to performance.md#%s, which is not a figure of the newest results: "+
				"take one of the anchors in docs/performance.md", name)
			return found
		}
		return found[:parts[2]] + figure + found[parts[3]:]
	})
	return document, wrong
}

// figures lists all figures by their anchors.
func figures(reports []*report.Report) map[string]string {
	all := map[string]string{}
	for _, r := range reports {
		for _, one := range r.Rows {
			all[anchor(r, one)] = Figure(one)
		}
	}
	return all
}
