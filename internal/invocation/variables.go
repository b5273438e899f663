package invocation

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

var variableName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// Variables gives environment variables for a function as NAME=value. Each
// entry is that, or NAME for the value that the variable has here, or @file for a
// file with one of the two a line, where empty lines and those with # do not
// count. No error shows a value: it may be a secret.
func Variables(entries []string) ([]string, error) {
	var variables []string
	for _, entry := range entries {
		lines, from := []string{entry}, ""
		if path, ok := strings.CutPrefix(entry, "@"); ok {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, fmt.Errorf("read environment variables: %w", err)
			}
			lines, from = strings.Split(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n"), path+":"
		}
		for i, line := range lines {
			if from != "" && (strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#")) {
				continue
			}
			variable, err := readVariable(line)
			if err != nil {
				if from != "" {
					return nil, fmt.Errorf("%s%d: %w", from, i+1, err)
				}
				return nil, err
			}
			variables = append(variables, variable)
		}
	}
	return variables, nil
}

func readVariable(text string) (string, error) {
	name, value, given := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	switch {
	case !variableName.MatchString(name):
		// What is no name may be a piece of a value.
		return "", errors.New("an environment variable is misnamed: write NAME=value, or NAME for the value that it has here, with letters, digits and underscores in the name; a value with a comma goes into a file (@file)")
	case strings.HasPrefix(name, "AWS_LAMBDA_") && name != "AWS_LAMBDA_EXEC_WRAPPER", strings.HasPrefix(name, "LAMBDA_"):
		return "", fmt.Errorf("environment variable %s is set by Lambda itself: choose another name", name)
	case strings.ContainsRune(value, 0):
		return "", fmt.Errorf("environment variable %s has a NUL in its value, which no environment can hold", name)
	}
	if !given {
		if value, given = os.LookupEnv(name); !given {
			return "", fmt.Errorf("environment variable %s is not set here: set it, or write %s=value", name, name)
		}
	}
	return name + "=" + value, nil
}
