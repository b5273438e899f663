package commandline

import (
	"fmt"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// List reads a comma-separated list of entries.
func List(list string) []string {
	var items []string
	for _, item := range strings.Split(list, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// Pairs reads a comma-separated list of entries Name=value. Its error names the flag.
func Pairs(flag, list string) (map[string]string, error) {
	pairs := map[string]string{}
	for entry := range strings.SplitSeq(list, ",") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		name, value, ok := strings.Cut(entry, "=")
		if !ok || name == "" { // the entry may be part of a secret
			lacks := "a name"
			if !ok {
				lacks = "an equals sign"
			}
			return nil, fmt.Errorf("%s has an entry without %s: use Name=value, and commas between "+
				"several entries; a value with a comma goes into a file: Name=@file", flag, lacks)
		}
		pairs[name] = value
	}
	return pairs, nil
}

// ReadFiles replaces the values @file by the files' content, without the line break at its end. A value @@text means
// @text.
func ReadFiles(values map[string]string) (map[string]string, error) {
	read := map[string]string{}
	for name, value := range values {
		file, isFile := strings.CutPrefix(value, "@")
		switch {
		case !isFile:
			read[name] = value
		case strings.HasPrefix(file, "@"):
			read[name] = file
		default:
			content, err := os.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("read parameter %s from a file: %w", name, err)
			}
			read[name] = strings.TrimSuffix(strings.TrimSuffix(string(files.Text(content)), "\n"), "\r")
		}
	}
	return read, nil
}
