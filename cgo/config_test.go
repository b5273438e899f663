//go:build !lambdabinary

package cgo_test

import (
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo"
)

func TestConfigReadsTheSharedConfiguration(t *testing.T) {
	profile(t, "[profile hello]\nregion = eusc-de-east-1\naws_access_key_id = id\naws_secret_access_key = secret\n")
	t.Setenv("AWS_PROFILE", "hello")
	loaded, err := cgo.Config(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Region != "eusc-de-east-1" {
		t.Errorf("region is %q, want the profile's", loaded.Region)
	}
	value, err := loaded.Credentials.Retrieve(t.Context())
	if err != nil || value.AccessKeyID != "id" {
		t.Errorf("access key is %q (error: %v), want the profile's", value.AccessKeyID, err)
	}
}

func TestConfigReportsBadSettings(t *testing.T) {
	profile(t, "[profile hello]\nregion = eu-west-1\n")
	t.Setenv("AWS_PROFILE", "hallo")
	_, err := cgo.Config(t.Context())
	if err == nil || !strings.Contains(err.Error(), "load AWS configuration: ") ||
		!strings.Contains(err.Error(), "hallo") {
		t.Errorf("error is %v, want one that names the profile; the file is %s", err, os.Getenv("AWS_CONFIG_FILE"))
	}
}
