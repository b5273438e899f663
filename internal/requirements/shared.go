package requirements

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shared returns a warning about the first file that two of the packages have, with different content, or "". Of such
// files, pip keeps the one of the package that it installs last.
func shared(packages string) string {
	records, err := filepath.Glob(filepath.Join(packages, "*.dist-info", "RECORD"))
	if err != nil {
		return ""
	}
	type file struct{ owner, hash string }
	known := map[string]file{}
	for _, record := range records { // sorted by name
		owner := strings.TrimSuffix(filepath.Base(filepath.Dir(record)), ".dist-info")
		for _, row := range rows(record) {
			path, hash := row[0], row[1]
			if other, taken := known[path]; taken && other.hash != hash {
				return fmt.Sprintf("%s and %s both have a file %s, with different content, and pip keeps only one: "+
					"if both need it, remove one of the packages", other.owner, owner, path)
			}
			known[path] = file{owner, hash}
		}
	}
	return ""
}

// rows returns the paths and hashes of the files in pip's record of a package.
func rows(record string) [][]string {
	file, err := os.Open(record)
	if err != nil {
		return nil
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	all, _ := reader.ReadAll() // what cannot be read is left out
	return slices.DeleteFunc(all, func(row []string) bool { return len(row) < 2 || row[1] == "" })
}
