package rewrite

import (
	"os"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/workspace"
)

func TestAReadOnlyWorkspaceGetsAdvice(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("root, and a user of Windows, may write to such a folder")
	}
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{"src/x/main.go": ""})
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })
	_, err := (&Transformation{}).Write(workspace.Dir(dir))
	if err == nil || !strings.Contains(err.Error(), "chmod -R u+w") {
		t.Errorf("error is %v, without a next step", err)
	}
}
