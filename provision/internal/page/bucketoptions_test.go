package page

import (
	"reflect"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// TestEachSettingOfABucketArrives fails where a setting is missing in the template, in the description or on the page.
func TestEachSettingOfABucketArrives(t *testing.T) {
	base := func() sparta.S3Permission {
		permission := sparta.S3Permission{Events: []string{"s3:ObjectCreated:*"}}
		permission.SourceArn = "arn:aws:s3:::uploads"
		permission.Filter.Key.FilterRules = []sparta.S3FilterRule{{Name: "prefix", Value: "a"}}
		return permission
	}
	values := map[string]func(*sparta.S3Permission){
		"BasePermission.SourceAccount": func(p *sparta.S3Permission) { p.SourceAccount = "210987654321" },
		"BasePermission.SourceArn":     func(p *sparta.S3Permission) { p.SourceArn = "arn:aws:s3:::downloads" },
		"Events":                       func(p *sparta.S3Permission) { p.Events = []string{"s3:ObjectTagging:Put"} },
		"Filter.Key.FilterRules.Name":  func(p *sparta.S3Permission) { p.Filter.Key.FilterRules[0].Name = "suffix" },
		"Filter.Key.FilterRules.Value": func(p *sparta.S3Permission) { p.Filter.Key.FilterRules[0].Value = "b" },
		"EventBridge":                  func(p *sparta.S3Permission) { p.EventBridge = true },
	}
	rendered := func(permission sparta.S3Permission) map[string]string {
		return renderFunction(t, func(info *sparta.LambdaAWSInfo) {
			info.Permissions = []sparta.LambdaPermissionExporter{permission}
		})
	}
	before := rendered(base())
	for _, path := range settingPaths(reflect.TypeFor[sparta.S3Permission](), "") {
		change := values[path]
		delete(values, path)
		if change == nil {
			t.Errorf("no value for %s: add one", path)
			continue
		}
		permission := base()
		change(&permission)
		for place, after := range rendered(permission) {
			if after == before[place] {
				t.Errorf("%s does not reach the %s:\n%s", path, place, after)
			}
		}
	}
	for path := range values {
		t.Errorf("there is a value for %s, which is not a setting", path)
	}
}

// renderFunction returns all texts in which a function appears, after a change.
func renderFunction(t *testing.T, change func(*sparta.LambdaAWSInfo)) map[string]string {
	t.Helper()
	info := pageFunction("f", sparta.IAMRoleDefinition{}, func(*options) {})
	change(info)
	return render(t, info)
}
