package template

import (
	"slices"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
)

func aliasOf(version any) *cloudformation.Resource {
	return &cloudformation.Resource{Type: AliasType, Properties: map[string]any{"FunctionVersion": version}}
}

// An alias stays where it was moved as long as the newest version is the one that it was moved away from.
func TestAliasesStayWhereTheyWereRolledBack(t *testing.T) {
	at := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	record := []Rollback{
		{"SameAlias", "2", "3", "SameVersion3", at},
		{"NewAlias", "5", "6", "NewVersion6", at},
		{"OwnAlias", "8", "9", "-", at},
		{"GoneAlias", "1", "2", "GoneVersion2", at},
		{"Queue", "1", "2", "GoneVersion2", at},
	}
	document := cloudformation.NewTemplate("")
	document.Resources = map[string]*cloudformation.Resource{
		"SameAlias": aliasOf(cloudformation.GetAtt{"SameVersion3", "Version"}),
		"NewAlias":  aliasOf(cloudformation.GetAtt{"NewVersion7", "Version"}),
		"OwnAlias":  aliasOf("4"),
		"Queue":     {Type: "AWS::SQS::Queue", Properties: map[string]any{}},
	}
	changed, kept, ended := KeepRollbacks(document, ReadRollbacks(FormatRollbacks(record)))
	if !slices.Equal(kept, record[:1]) || !slices.Equal(ended, record[1:3]) {
		t.Errorf("kept are %v, ended are %v", kept, ended)
	}
	for id, want := range map[string]any{
		"SameAlias": "2", "NewAlias": cloudformation.GetAtt{"NewVersion7", "Version"}, "OwnAlias": "4",
	} {
		if got := changed.Resources[id].Properties["FunctionVersion"]; got != want {
			t.Errorf("%s refers to %v, want %v", id, got, want)
		}
	}
	value := changed.Parameters[RollbacksParameter].Default
	if value == nil || *value != "SameAlias 2 3 SameVersion3 2026-01-31T12:00:00Z" {
		t.Errorf("the parameter is %v", changed.Parameters)
	}
	if _, recorded := document.Parameters[RollbacksParameter]; recorded ||
		document.Resources["SameAlias"].Properties["FunctionVersion"] == "2" {
		t.Error("the given template has changed")
	}
	if same, kept, _ := KeepRollbacks(document, record[1:]); same != document || kept != nil {
		t.Errorf("kept are %v of rollbacks that have ended", kept)
	}
}

func TestOtherTextsAreNotRollbacks(t *testing.T) {
	for _, text := range []string{"", " ", "a b c d", "a b c d e", "a 1 2 b 2026-01-31", "a=b, c=d"} {
		if found := ReadRollbacks(text); len(found) > 0 {
			t.Errorf("%q is read as %v", text, found)
		}
	}
}

func TestDescriptionsOfVersionsNameTheStack(t *testing.T) {
	long := string(slices.Repeat([]rune("ü"), 300))
	for description, want := range map[string]string{
		"":           "[published by stack Shop]",
		"Says hello": "Says hello [published by stack Shop]",
		long:         string([]rune(long)[:230]) + " [published by stack Shop]",
	} {
		if got := describeVersion(description, "Shop"); got != want || len([]rune(got)) > maxDescription {
			t.Errorf("the description of a version is %q, want %q", got, want)
		}
	}
}
