package restapi

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/apiroutes"
)

// The router of this machine computes what the default templates do.
func TestDefaultTemplatesPassOnTheUsualClaims(t *testing.T) {
	want := `in ["` + strings.Join(apiroutes.UsualClaims(), `", "`) + `"])`
	if !strings.Contains(eventTail, want) {
		t.Errorf("the template does not have the claims %s", want)
	}
}
