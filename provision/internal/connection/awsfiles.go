package connection

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// awsSettings are the sections of the AWS configuration and credentials files:
// "profile x", "sso-session x", "services x". Settings below a setting have a
// dot in their name: s3.endpoint_url.
//
// The SDK reads these files itself; this is what it does not make of them.
type awsSettings map[string]map[string]string

// readAWSSettings reads both files. One that is not there is empty.
func readAWSSettings() (awsSettings, error) {
	home, _ := os.UserHomeDir()
	settings := awsSettings{}
	for variable, name := range map[string]string{"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "credentials"} {
		path := cmp.Or(os.Getenv(variable), filepath.Join(home, ".aws", name))
		if err := settings.read(path, name == "config"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read AWS settings: %w", err)
		}
	}
	return settings, nil
}

// read adds a file's sections. A profile's section is named as such in the
// configuration file, the default profile's excepted, and by the profile alone in
// the credentials file.
func (s awsSettings) read(path string, prefixed bool) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	var section map[string]string
	var above string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		text := strings.TrimSpace(line)
		if text == "" || text[0] == '#' || text[0] == ';' {
			continue
		}
		if text[0] == '[' {
			section, above = s.section(text, prefixed), ""
			continue
		}
		key, value, ok := strings.Cut(text, "=")
		if !ok || section == nil {
			continue // the SDK reads the file, too, and complains
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if line[0] == ' ' || line[0] == '\t' {
			key = above + "." + key
		} else {
			above = key
		}
		section[key] = value
	}
	return lines.Err()
}

// section is the one that a header starts.
func (s awsSettings) section(header string, prefixed bool) map[string]string {
	name, _, _ := strings.Cut(header[1:], "]")
	name = strings.Join(strings.Fields(name), " ")
	if !prefixed || name == "default" {
		name = "profile " + strings.TrimPrefix(name, "profile ")
	}
	if s[name] == nil {
		s[name] = map[string]string{}
	}
	return s[name]
}

// profiles lists the names of all profiles.
func (s awsSettings) profiles() []string {
	var names []string
	for section := range s {
		if name, ok := strings.CutPrefix(section, "profile "); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// profile is that of SessionOptions, else the environment's, else the default one.
func (s awsSettings) profile(options Options) (name string, given bool) {
	name = cmp.Or(options.Profile, os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"))
	return cmp.Or(name, "default"), name != ""
}

// signIn names the setting by which a profile, or one that it takes its
// credentials from, has people sign in with a browser. Empty means that none has.
func (s awsSettings) signIn(profile string) string {
	for range len(s) { // profiles may refer to each other in a circle
		section := s["profile "+profile]
		for _, key := range []string{"sso_session", "sso_start_url", "login_session"} {
			if section[key] != "" {
				return key
			}
		}
		if profile = section["source_profile"]; profile == "" {
			break
		}
	}
	return ""
}

// mfaSerial is the device of the role that a profile assumes.
func (s awsSettings) mfaSerial(profile string) string {
	return cmp.Or(s["profile "+profile]["mfa_serial"], "the profile's role")
}

// roleDuration is how long the credentials of a profile's role last; 0 is what
// the profile says.
func (s awsSettings) roleDuration(profile string) time.Duration {
	if s["profile "+profile]["duration_seconds"] != "" {
		return 0
	}
	return roleDuration
}

// endpoints are a profile's, by service id; "" is for all services.
func (s awsSettings) endpoints(profile string) map[string]string {
	section := s["profile "+profile]
	found := map[string]string{}
	for key, value := range s["services "+section["services"]] {
		if service, ok := strings.CutSuffix(key, ".endpoint_url"); ok {
			found[service] = value
		}
	}
	if value := section["endpoint_url"]; value != "" {
		found[""] = value
	}
	return found
}

// ignoresEndpoints tells whether a profile's and the environment's endpoints are
// not to be used.
func (s awsSettings) ignoresEndpoints(profile string) bool {
	return strings.EqualFold(s["profile "+profile]["ignore_configured_endpoint_urls"], "true")
}
