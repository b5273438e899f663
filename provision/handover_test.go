package provision

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

// A pipeline stores the package under a name of its own, so it has to say where.
func TestATemplateForAPipeline(t *testing.T) {
	w := newPreview(t)
	w.options.HandOver = true
	w.options.S3Bucket = "artifacts"
	w.service.Functions[0].Options.Environment = map[string]any{"SECRET": cloudformation.Ref("Secret")}
	w.options.Params = map[string]string{"Secret": "s3cr3t"}
	w.options.Tags = map[string]string{"team": "blue"}
	w.noAWS = connection.ErrNoRegion
	w.must()
	key := "svc/" + w.pkg.SHA256 + ".zip"
	var template struct {
		Parameters map[string]struct{ Default string }
		Resources  map[string]struct{ Properties map[string]any }
	}
	var configuration struct{ Parameters, Tags map[string]string }
	for name, into := range map[string]any{"template.json": &template, ConfigurationFile: &configuration} {
		if err := json.Unmarshal([]byte(w.file(name)), into); err != nil {
			t.Fatal(err)
		}
	}
	code, err := json.Marshal(template.Resources["HelloFunction"].Properties["Code"])
	if want := `{"S3Bucket":{"Ref":"CodeS3Bucket"},"S3Key":{"Ref":"CodeS3Key"}}`; err != nil || string(code) != want {
		t.Errorf("code is %s (%v), want %s", code, err, want)
	}
	if template.Parameters["CodeS3Key"].Default != key || template.Parameters["CodeS3Bucket"].Default != "artifacts" {
		t.Errorf("parameters %v", template.Parameters)
	}
	if len(configuration.Parameters) != 2 || configuration.Parameters["CodeS3Key"] != key ||
		configuration.Parameters["CodeS3Bucket"] != "artifacts" || configuration.Tags["team"] != "blue" ||
		configuration.Tags["io:gosparta:application"] == "" {
		t.Errorf("configuration %+v", configuration)
	}
	if strings.Contains(w.file(ConfigurationFile), "s3cr3t") {
		t.Error("the configuration has a secret in it")
	}
	has(t, w.log.String(), "the pipeline has to pass values of these parameters, which are not in "+
		"configuration.json: Secret")
	info, err := os.Stat(filepath.Join(w.options.Workspace, ConfigurationFile))
	if runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestAServiceRole(t *testing.T) {
	w := newWorld(t)
	w.options.ServiceRole = "CloudFormation"
	if _, err := w.run(t.Context()); err == nil ||
		!strings.Contains(err.Error(), "-serviceRole=CloudFormation is not the ARN of a role") {
		t.Errorf("error %v", err)
	}
	if len(w.cfn.calls) > 0 {
		t.Errorf("calls %v", w.cfn.calls)
	}
}
