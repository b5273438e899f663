//lint:file-ignore SA1019 functions may use the SDK v1

package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go/aws/session"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// boto3Keys is a handler that returns what boto3 finds.
const boto3Keys = `import os
import boto3

def find(event, context):
    session = boto3.Session()
    found = session.get_credentials()
    return {
        "id": found.access_key if found else "none", "profiles": session.available_profiles,
        "region": session.region_name,
    }

def environment(event, context):
    return dict(os.environ)
`

// foundKeys are the IDs of the keys that a function has found.
type foundKeys struct {
	ID, Region, V1, V2 string
	Profiles           []string
}

// A function without credentials finds none, wherever the caller has some. Python is asked with boto3 itself.
func TestNoCredentials(t *testing.T) {
	testrequire.Need(t, "aws")
	stage := boundary(t).stage()
	home := t.TempDir()
	for name, content := range map[string]string{
		".aws/credentials": "[default]\naws_access_key_id = AKIAHOME\naws_secret_access_key = s3cr3t\n",
		".aws/config":      "[profile work]\ncredential_process = echo {}\n",
		".boto":            "[Credentials]\naws_access_key_id = AKIABOTO\naws_secret_access_key = s3cr3t\n",
	} {
		if err := writeFile(filepath.Join(home, filepath.FromSlash(name)), content); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", home)
	t.Setenv("AWS_REGION", "eu-north-1")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, ".aws", "credentials"))
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, ".aws", "config"))
	module := pythonPath(t, map[string]string{"clients.py": boto3Keys})
	find := func(t *testing.T, hidden bool, env ...string) (got foundKeys) {
		t.Helper()
		options := lambdaruntime.Options{Handler: "clients.find", NoCredentials: hidden, Env: append(env, module)}
		run(t, stage, options).answer(t, "{}", &got)
		var environment map[string]string
		options.Handler = "clients.environment"
		run(t, stage, options).answer(t, "{}", &environment)
		got.V1, got.V2 = ofSDKs(t, environment)
		return got
	}

	t.Run("of files", func(t *testing.T) {
		got := find(t, false)
		if got.ID != "AKIAHOME" || len(got.Profiles) != 2 || got.V1 != got.ID || got.V2 != got.ID {
			t.Errorf("with credentials, the function finds %+v", got)
		}
		expectNone(t, find(t, true))
	})
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s3cr3t", "AWS_SESSION_TOKEN": "t0ken",
		"AWS_PROFILE": "work", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x",
		"AWS_WEB_IDENTITY_TOKEN_FILE":        filepath.Join(home, "token"),
		"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/credentials",
		"AWS_BEARER_TOKEN_BEDROCK":           "t0ken",
	} {
		t.Setenv(name, value)
	}
	t.Run("of the environment", func(t *testing.T) {
		if got := find(t, false, "AWS_PROFILE=default"); got.ID != "AKIAENV" || got.V1 != got.ID || got.V2 != got.ID {
			t.Errorf("with credentials, the function finds %+v", got)
		}
		expectNone(t, find(t, true))
	})
	t.Run("of cgo.NewSession and cgo.Config", func(t *testing.T) {
		const want = "neither the environment nor botocore's provider chain has any"
		for _, handler := range []string{"index.Keys", "index.ConfigKeys"} {
			process := run(t, stage, lambdaruntime.Options{Handler: handler, NoCredentials: true})
			if got := process.failure(t, "{}"); !strings.Contains(got.ErrorMessage, want) {
				t.Errorf("%s fails with %+v", handler, got)
			}
		}
	})
	t.Run("but those that the function is given", func(t *testing.T) {
		got := find(t, true, "AWS_ACCESS_KEY_ID=AKIAGIVEN", "AWS_SECRET_ACCESS_KEY=s3cr3t")
		if got.ID != "AKIAGIVEN" || got.V1 != got.ID || got.V2 != got.ID {
			t.Errorf("the function finds %+v", got)
		}
	})
}

// expectNone fails a test whose function has found credentials, or not the region.
func expectNone(t *testing.T, got foundKeys) {
	t.Helper()
	if got.ID != "none" || len(got.Profiles) != 0 || got.Region != "eu-north-1" ||
		!strings.Contains(got.V1, "NoCredentialProviders") || !strings.Contains(got.V2, "no EC2 IMDS role found") {
		t.Errorf("the function finds %+v", got)
	}
}

// ofSDKs returns what the SDKs for Go find in an environment, or why they find nothing.
func ofSDKs(t *testing.T, environment map[string]string) (one, two string) {
	t.Helper()
	own := os.Environ()
	set := func(variables []string) {
		os.Clearenv()
		for _, variable := range variables {
			name, value, _ := strings.Cut(variable, "=")
			if err := os.Setenv(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var variables []string
	for name, value := range environment {
		variables = append(variables, name+"="+value)
	}
	set(variables)
	defer set(own)
	made, err := session.NewSessionWithOptions(session.Options{SharedConfigState: session.SharedConfigEnable})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := made.Config.Credentials.Get(); err != nil {
		one = err.Error()
	} else {
		one = found.AccessKeyID
	}
	loaded, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found, err := loaded.Credentials.Retrieve(t.Context()); err != nil {
		two = err.Error()
	} else {
		two = found.AccessKeyID
	}
	return one, two
}
