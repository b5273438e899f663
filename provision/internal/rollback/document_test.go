package rollback

import (
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/provision/internal/template"
)

// CloudFormation would refuse the change set with words about a parameter that the user does not know.
func TestMoreRollbacksThanAParameterHoldsAreRefused(t *testing.T) {
	d, err := parse(`{"Resources": {}}`)
	if err != nil {
		t.Fatal(err)
	}
	one := template.Rollback{Alias: strings.Repeat("a", 100), Version: "1", From: "2", Newest: "v", At: time.Now()}
	var rollbacks []template.Rollback
	for len(template.FormatRollbacks(append(rollbacks, one))) <= 4096 {
		rollbacks = append(rollbacks, one)
	}
	if err := d.record(rollbacks); err != nil {
		t.Errorf("%d rollbacks: %v", len(rollbacks), err)
	}
	err = d.record(append(rollbacks, one))
	if err == nil || !strings.Contains(err.Error(), "more than a parameter of the stack can record (4096 bytes)") {
		t.Errorf("error %v", err)
	}
}
