package requirements

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shared returns a warning about the first file that two of the packages have, with different content, or "". Of such
// files, pip keeps the one of the package that it installs last.
func shared(packages string) string {
	entries, err := os.ReadDir(packages) // not filepath.Glob: the path may contain the characters of patterns
	if err != nil {
		return ""
	}
	type file struct{ owner, hash string }
	known := map[string]file{}
	for _, entry := range entries { // sorted by name
		owner, isRecord := strings.CutSuffix(entry.Name(), ".dist-info")
		if !isRecord {
			continue
		}
		contents := hashes(filepath.Join(packages, entry.Name(), "RECORD"))
		for _, path := range slices.Sorted(maps.Keys(contents)) {
			hash := contents[path]
			if other, taken := known[path]; taken && other.hash != hash {
				return fmt.Sprintf("%s and %s both have a file %s, with different content, and pip keeps only one: "+
					"if both need it, remove one of the packages", other.owner, owner, path)
			}
			known[path] = file{owner, hash}
		}
	}
	return ""
}

// hashes returns the hashes of a package's files by their paths, from pip's record of it: path,hash,size.
func hashes(record string) map[string]string {
	content, err := os.ReadFile(record)
	if err != nil {
		return nil
	}
	found := map[string]string{}
	for line := range strings.Lines(string(content)) {
		rest := line[:max(0, strings.LastIndexByte(line, ','))]
		if comma := strings.LastIndexByte(rest, ','); comma >= 0 && comma+1 < len(rest) {
			found[rest[:comma]] = rest[comma+1:]
		}
	}
	return found
}
