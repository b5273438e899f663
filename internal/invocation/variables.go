package invocation

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// Variables returns environment variables for a function as NAME=value. Each entry is NAME=value, NAME for the
// current value of that variable, or @file for a file with one such entry per line; empty lines and lines that
// begin with # are skipped. Errors never show a value, because it may be a secret.
func Variables(entries []string) ([]string, error) {
	var variables []string
	for _, entry := range entries {
		lines, from := []string{entry}, ""
		if path, ok := strings.CutPrefix(entry, "@"); ok {
			content, err := os.ReadFile(path)
			if err != nil {
				return nil, fmt.Errorf("read environment variables: %w", err)
			}
			lines, from = strings.Split(strings.ReplaceAll(string(files.Text(content)), "\r\n", "\n"), "\n"), path+":"
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
	case !isVariableName(name):
		// An invalid name may be part of a value.
		return "", errors.New("an environment variable has an invalid name: write NAME=value, or NAME to pass on " +
			"its current value, with letters, digits and underscores in the name; put a value with a comma into a " +
			"file (@file)")
	case strings.HasPrefix(name, "AWS_LAMBDA_") && name != "AWS_LAMBDA_EXEC_WRAPPER",
		strings.HasPrefix(name, "LAMBDA_"):
		return "", fmt.Errorf("environment variable %s is set by Lambda itself: choose another name", name)
	case strings.ContainsRune(value, 0):
		return "", fmt.Errorf("environment variable %s has a NUL byte in its value: remove it", name)
	}
	if !given {
		if value, given = os.LookupEnv(name); !given {
			return "", fmt.Errorf("environment variable %s is not set here: set it, or write %s=value", name, name)
		}
	}
	return name + "=" + value, nil
}

// isVariableName reports whether Lambda allows a variable of this name.
func isVariableName(name string) bool {
	for i, r := range name {
		letter := r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return name != ""
}
