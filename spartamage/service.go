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
// role. Each field's environment variable, where it is set, wins over the field.
type Service struct {
	Name        string // SPARTA_SERVICE: names the stack; empty means the package's name
	Description string // SPARTA_DESCRIPTION
	Function    string // SPARTA_FUNCTION: the function's name; empty means the service's
	RoleName    string // SPARTA_ROLE: an existing role; empty means one with Privileges

	MemorySize int64 // SPARTA_MEMORY_SIZE: MB; 0 means Options', or 128
	Timeout    int64 // SPARTA_TIMEOUT: seconds, or 30s; 0 means Options', or 3

	// A magefile that sets these imports package sparta, which one that does not
	// need them is spared: a []sparta.IAMRolePrivilege of the function's role,
	// and the function's other settings, a sparta.LambdaFunctionOptions.
	Privileges any
	Options    any
}

// Resolve fills in what the environment and the defaults give.
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
		s.Name = stackable(build)
	}
	if s.Function == "" {
		s.Function = strings.ReplaceAll(s.Name, "-", "_")
	}
	var err error
	if value := os.Getenv("SPARTA_MEMORY_SIZE"); value != "" {
		if s.MemorySize, err = strconv.ParseInt(value, 10, 64); err != nil {
			return s, fmt.Errorf("SPARTA_MEMORY_SIZE %q is no number of megabytes", value)
		}
	}
	if value := os.Getenv("SPARTA_TIMEOUT"); value != "" {
		if s.Timeout, err = seconds(value); err != nil {
			return s, err
		}
	}
	return s, nil
}

// stackable is the name of a service that has none: its package's, with the
// characters that a stack's name may have.
func stackable(build BuildOptions) string {
	name := build.Name
	if name == "" {
		dir, err := filepath.Abs(filepath.Join(build.Dir, filepath.FromSlash(build.Package)))
		if err == nil {
			name = filepath.Base(dir)
		}
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, name), "-")
}

// seconds reads a timeout: a number of seconds, or a duration such as 30s.
func seconds(value string) (int64, error) {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return n, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d%time.Second != 0 {
		return 0, fmt.Errorf("SPARTA_TIMEOUT %q is no number of seconds, nor a duration such as 30s", value)
	}
	return int64(d / time.Second), nil
}
