package lambdaruntime

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestWithoutCredentials(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("pip's packages are not below HOME there")
	}
	workspace, user := t.TempDir(), t.TempDir()
	got, err := withoutCredentials([]string{
		"PATH=/bin", "HOME=" + user, "USERPROFILE=" + user, "AWS_REGION=eu-north-1",
		"AWS_ENDPOINT_URL_S3=http://localhost:4566",
		"AWS_CA_BUNDLE=/ca.pem", "AWS_ACCESS_KEY_ID=a", "aws_secret_access_key=b", "AWS_PROFILE=work",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/x", "AWS_CONFIG_FILE=/config", "AWS_OF_THE_FUTURE=c",
	}, workspace, "3.13")
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(workspace, "empty-home")
	want := []string{
		"PATH=/bin", "AWS_REGION=eu-north-1", "AWS_ENDPOINT_URL_S3=http://localhost:4566", "AWS_CA_BUNDLE=/ca.pem",
		"HOME=" + home, "USERPROFILE=" + home,
		"AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(home, "none"), "AWS_CONFIG_FILE=" + filepath.Join(home, "none"),
		"BOTO_CONFIG=" + filepath.Join(home, "none"), "AWS_EC2_METADATA_DISABLED=true",
		"PYTHONUSERBASE=" + filepath.Join(user, ".local"), // where the runtime client may be
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if entries, err := os.ReadDir(home); err != nil || len(entries) > 0 {
		t.Errorf("HOME has %v, %v", entries, err)
	}
}

func TestNothingListensWithoutAnEmptyHome(t *testing.T) {
	workspace := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(workspace, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := listeners()
	if _, err := startInstance(Options{Workspace: workspace, NoCredentials: true}, ""); err == nil {
		t.Fatal("no error")
	}
	if after := listeners(); after > before {
		t.Errorf("%d Runtime APIs listen, %d did before", after, before)
	}
}

// listeners counts the Runtime APIs that are served.
func listeners() int {
	stacks := make([]byte, 1<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "lambdaruntime.newAPI in goroutine")
}
