package spartamage

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Service describes a plain aws-lambda-go application: one function and its
// role. An environment variable that is set takes precedence over its field.
type Service struct {
	Name        string // SPARTA_SERVICE: names the stack; empty means the package's folder
	Description string // SPARTA_DESCRIPTION
	Function    string // SPARTA_FUNCTION: the function's name; empty means the service's, or main if that is long
	RoleName    string // SPARTA_ROLE: an existing role; empty means one with Privileges

	MemorySize int64 // SPARTA_MEMORY_SIZE: MB; 0 means Options', or 128
	Timeout    int64 // SPARTA_TIMEOUT: seconds, or 30s; 0 means Options', or 3

	// Privileges of the function's role, a []sparta.IAMRolePrivilege, and its other
	// settings, a sparta.LambdaFunctionOptions. Only a magefile that sets them has
	// to import package sparta.
	Privileges any
	Options    any
}

// Resolve applies the environment and the defaults.
func (s Service) Resolve(build BuildOptions) (Service, error) {
	for _, setting := range []struct {
		field    *string
		variable string
	}{
		{&s.Name, "SPARTA_SERVICE"},
		{&s.Description, "SPARTA_DESCRIPTION"},
		{&s.Function, "SPARTA_FUNCTION"},
		{&s.RoleName, "SPARTA_ROLE"},
	} {
		if value := os.Getenv(setting.variable); value != "" {
			*setting.field = value
		}
	}
	if s.Name == "" {
		s.Name = defaultService(build)
	}
	if s.Function == "" {
		s.Function = defaultFunction(s.Name)
	}
	var err error
	if value := os.Getenv("SPARTA_MEMORY_SIZE"); value != "" {
		if s.MemorySize, err = strconv.ParseInt(value, 10, 64); err != nil {
			return s, fmt.Errorf("SPARTA_MEMORY_SIZE must be a number of megabytes, got %q", value)
		}
	}
	if value := os.Getenv("SPARTA_TIMEOUT"); value != "" {
		if s.Timeout, err = seconds(value); err != nil {
			return s, err
		}
	}
	return s, nil
}

// A function's name in AWS is that of its stack, a hyphen and its own.
const (
	maxFunctionName = 64 // characters
	shortFunction   = "main"
	maxService      = maxFunctionName - len("-"+shortFunction)
)

// defaultFunction is the name of a service's function without a name: the service's, or a short one if both would not
// fit into the function's name in AWS.
func defaultFunction(service string) string {
	if len(service)+len("-")+len(service) > maxFunctionName {
		return shortFunction
	}
	return strings.ReplaceAll(service, "-", "_")
}

// defaultService is the name of a service without a name: its package's, as a stack's name may be. Like the go command,
// it skips a folder that is a major version.
func defaultService(build BuildOptions) string {
	name := build.Name
	if name == "" {
		dir, err := filepath.Abs(filepath.Join(build.Dir, filepath.FromSlash(build.Package)))
		if err == nil {
			name = strings.TrimSuffix(filepath.Base(dir), ".go")
			if parent := filepath.Dir(dir); isMajorVersion(name) && filepath.Dir(parent) != parent {
				name = filepath.Base(parent)
			}
		}
	}
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, name), "-")
	if name == "" || name[0] <= '9' {
		name = strings.TrimSuffix("app-"+name, "-")
	}
	return strings.TrimRight(name[:min(len(name), maxService)], "-")
}

// isMajorVersion reports whether a folder is a major version of a module: v2, v3 and so on.
func isMajorVersion(folder string) bool {
	number, isVersion := strings.CutPrefix(folder, "v")
	n, err := strconv.Atoi(number)
	return isVersion && err == nil && n >= 2 && number[0] != '0'
}

// seconds reads a timeout: a number of seconds, or a duration such as 30s.
func seconds(value string) (int64, error) {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return n, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d%time.Second != 0 {
		return 0, fmt.Errorf("SPARTA_TIMEOUT must be a number of seconds or a duration, for example 30s, got %q", value)
	}
	return int64(d / time.Second), nil
}
