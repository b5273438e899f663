package page

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// trialSite is a site that has each part, so that a trial can change one setting.
func trialSite() *sparta.S3Site {
	return &sparta.S3Site{
		Dir: "public", CacheControl: []sparta.SiteCacheControl{{Pattern: "*.png", Value: "no-cache"}},
		WebsiteConfiguration: &sparta.WebsiteConfiguration{
			IndexDocument: &sparta.IndexDocument{Suffix: "index.html"},
			ErrorDocument: &sparta.ErrorDocument{Key: "error.html"},
		},
		Domain: &sparta.SiteDomain{
			Names: []string{"www.example.com"}, CertificateArn: "arn:aws:acm:us-east-1:1:certificate/1",
		},
	}
}

// siteTrials change each field of a site and its parts, by the field's path. Those that are about the files only are
// not in the template.
func siteTrials() map[string]struct {
	change    func(*sparta.S3Site)
	filesOnly bool
} {
	type trial = struct {
		change    func(*sparta.S3Site)
		filesOnly bool
	}
	return map[string]trial{
		"Dir": {func(s *sparta.S3Site) { s.Dir = "dist" }, true},
		"WebsiteConfiguration.IndexDocument.Suffix": {func(s *sparta.S3Site) {
			s.WebsiteConfiguration.IndexDocument.Suffix = "home.html"
		}, false},
		"WebsiteConfiguration.ErrorDocument.Key": {func(s *sparta.S3Site) {
			s.WebsiteConfiguration.ErrorDocument.Key = "404.html"
		}, false},
		"BucketName": {func(s *sparta.S3Site) { s.BucketName = cloudformation.Sub("shop-${AWS::Region}") }, false},
		"UserManifestData": {func(s *sparta.S3Site) {
			s.UserManifestData = map[string]any{"region": cloudformation.Region}
		}, false},
		"SinglePage": {func(s *sparta.S3Site) {
			s.SinglePage, s.WebsiteConfiguration = true, nil
		}, false},
		"CacheControl.Pattern": {func(s *sparta.S3Site) { s.CacheControl[0].Pattern = "*.svg" }, true},
		"CacheControl.Value":   {func(s *sparta.S3Site) { s.CacheControl[0].Value = "max-age=5" }, true},
		"Domain.Names":         {func(s *sparta.S3Site) { s.Domain.Names[0] = "shop.example.com" }, false},
		"Domain.CertificateArn": {func(s *sparta.S3Site) {
			s.Domain.CertificateArn = cloudformation.StackName
		}, false},
		"Domain.HostedZoneID": {func(s *sparta.S3Site) { s.Domain.HostedZoneID = "Z1" }, false},
		"Domain.HostedZoneName": {func(s *sparta.S3Site) {
			s.Domain.HostedZoneID, s.Domain.HostedZoneName = nil, "example.com"
		}, false},
		"WebsiteHosting": {func(s *sparta.S3Site) { s.WebsiteHosting, s.Domain = true, nil }, false},
	}
}

// TestEachSettingOfASiteArrives fails if a setting is missing in the template, in the description or on the page, or is
// lost when a plain application's magefile passes the site on as JSON.
func TestEachSettingOfASiteArrives(t *testing.T) {
	trials := siteTrials()
	for _, path := range apiPaths(reflect.TypeFor[sparta.S3Site](), "") {
		trial, ok := trials[path]
		delete(trials, path)
		t.Run(path, func(t *testing.T) {
			if !ok {
				t.Fatal("siteTrials does not change this field: add it")
			}
			changed := trialSite()
			trial.change(changed)
			before, after := renderSite(t, trialSite()), renderSite(t, changed)
			for place := range before {
				if before[place] == after[place] && (place != "template" || !trial.filesOnly) {
					t.Errorf("the setting does not reach the %s:\n%s", place, after[place])
				}
			}
			text, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			var decoded sparta.S3Site
			if err := json.Unmarshal(text, &decoded); err != nil {
				t.Fatal(err)
			}
			for place, text := range renderSite(t, &decoded) {
				if text != after[place] {
					t.Errorf("as JSON, the site has another %s:\n%s", place, text)
				}
			}
		})
	}
	for path := range trials {
		t.Errorf("siteTrials changes %s, which is not a field", path)
	}
}

// renderSite returns all texts in which a site appears.
func renderSite(t *testing.T, site *sparta.S3Site) map[string]string {
	t.Helper()
	return renderService(t, Service{Name: "Shop", Site: site, Functions: []*sparta.LambdaAWSInfo{
		pageFunction("f", sparta.IAMRoleDefinition{}, nil),
	}})
}
