package commandline

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/naming"
)

// variables are the environment variables of the targets and of applications' own commands.
var variables = []string{
	"SPARTA_BARE", "SPARTA_BUILDER", "SPARTA_BUILD_TAGS", "SPARTA_CONTAINER_CLI", "SPARTA_DEPLOY", "SPARTA_DESCRIPTION",
	"SPARTA_DISCOVERY_INFO", "SPARTA_FUNCTION", "SPARTA_GOARCH", "SPARTA_GOOS", "SPARTA_IMAGE", "SPARTA_INCLUDE",
	"SPARTA_JSON", "SPARTA_KEEP_VERSIONS", "SPARTA_LDFLAGS", "SPARTA_LOG_FORMAT", "SPARTA_LOG_LEVEL",
	"SPARTA_MEMORY_SIZE", "SPARTA_NAME", "SPARTA_NOOP", "SPARTA_PACKAGE", "SPARTA_PYTHON", "SPARTA_PYTHON_DIR",
	"SPARTA_REQUIREMENTS", "SPARTA_REQUIREMENTS_LAYER", "SPARTA_ROLE",
	"SPARTA_S3_BUCKET", "SPARTA_SERVICE", "SPARTA_SERVICE_ROLE", "SPARTA_STACK", "SPARTA_TIMEOUT",
	"SPARTA_VULNCHECK",
}

// UnknownSettings returns a warning for each SPARTA_* variable that neither this module nor the application's own
// sources mention: it may be misspelt.
func UnknownSettings(environ []string, mentioned func(name string) bool) []string {
	var warnings []string
	for _, name := range SettingNames(environ) {
		if slices.Contains(variables, name) || mentioned(name) {
			continue
		}
		advice := ""
		if near := naming.Nearest(name, variables); near != "" {
			advice = ": did you mean " + near + "?"
		}
		warnings = append(warnings, fmt.Sprintf(
			"%s is set, but it is not a setting, and the application's sources do not mention it%s", name, advice))
	}
	return warnings
}

// SettingNames lists the names of the SPARTA_* variables of an environment.
func SettingNames(environ []string) []string {
	var names []string
	for _, variable := range environ {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SPARTA_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// BoolSetting sets a field to the value of a variable, if that is set.
func BoolSetting(field *bool, variable string) error {
	text := os.Getenv(variable)
	if text == "" {
		return nil
	}
	value, err := strconv.ParseBool(text)
	if err != nil {
		return fmt.Errorf("%s must be true or false, got %.80q", variable, text)
	}
	*field = value
	return nil
}

// TextSetting sets a field to the value of its variable or, if it is still empty, to its default.
func TextSetting(field *string, variable, fallback string) {
	*field = cmp.Or(os.Getenv(variable), *field, fallback)
}
