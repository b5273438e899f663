package lambdaruntime

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// withoutCredentials returns the caller's variables without those that may lead to AWS credentials. Of AWS_*, only
// those remain that say where requests go and how. The folder below HOME is an empty one of the workspace, so that
// programs find neither ~/.aws nor other files of that kind, and instances of EC2 are not asked for credentials. Python
// has the given version.
func withoutCredentials(caller []string, workspace, python string) ([]string, error) {
	workspace, err := workspaceOr(workspace)
	if err != nil {
		return nil, fmt.Errorf("hide the credentials: %w", err)
	}
	home := filepath.Join(workspace, "empty-home")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, fmt.Errorf("hide the credentials: %w", err)
	}
	var kept []string
	packages := ""
	for _, variable := range caller {
		name, value, _ := strings.Cut(variable, "=")
		switch name = strings.ToUpper(name); {
		case name == "HOME" || name == "USERPROFILE":
			packages = userPackages(value, python)
		case !strings.HasPrefix(name, "AWS_") || isHarmless(name):
			kept = append(kept, variable)
		}
	}
	none := filepath.Join(home, "none") // no such file exists
	kept = append(kept,
		"HOME="+home, "USERPROFILE="+home,
		"AWS_SHARED_CREDENTIALS_FILE="+none, "AWS_CONFIG_FILE="+none,
		"BOTO_CONFIG="+none, // otherwise boto3 reads /etc/boto.cfg
		"AWS_EC2_METADATA_DISABLED=true")
	if packages != "" {
		kept = append(kept, "PYTHONUSERBASE="+packages)
	}
	return kept, nil
}

// isHarmless reports whether a variable AWS_* says where requests go or how, and not who sends them.
func isHarmless(name string) bool {
	return strings.HasPrefix(name, "AWS_ENDPOINT_URL") || slices.Contains([]string{
		"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_CA_BUNDLE", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
		"AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_DEFAULTS_MODE", "AWS_STS_REGIONAL_ENDPOINTS",
		"AWS_USE_DUALSTACK_ENDPOINT", "AWS_USE_FIPS_ENDPOINT",
	}, name)
}

// userPackages returns the folder below HOME where pip install --user installs Python packages, such as the runtime
// client. On Windows, Python does not look for it below HOME.
func userPackages(home, python string) string {
	switch runtime.GOOS {
	case "windows":
		return ""
	case "darwin": // where it depends on how Python was built
		if folder := filepath.Join(home, "Library", "Python", python); files.Exists(folder) {
			return folder
		}
	}
	return filepath.Join(home, ".local")
}
