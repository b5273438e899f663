package requirements

import (
	"os"
	"strings"
)

// Key identifies a version of a package, however its name is spelled: "jmespath 1.1.0".
func Key(name, version string) string { return Normalized(name) + " " + version }

// readWheels reads what runpip.py has written about wheels: the sum and the name of the file, on a line for each. It
// returns the sums by the keys of the packages.
func readWheels(path string) map[string]string {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(content)) {
		sum, file, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if fields := strings.Split(file, "-"); len(fields) > 2 {
			sums[Key(fields[0], fields[1])] = sum
		}
	}
	return sums
}
