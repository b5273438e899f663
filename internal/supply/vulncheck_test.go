package supply

import (
	"os"
	"strings"
	"testing"
)

func TestGovulncheckIsThatOfThisProject(t *testing.T) {
	content, err := os.ReadFile("../../tools/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), "golang.org/x/vuln "+govulncheckVersion) {
		t.Errorf("tools/go.mod requires another version than %s", govulncheckVersion)
	}
}
