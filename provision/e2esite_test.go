package provision_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// site is the site of a service in the stand-in.
type site struct {
	*deployment
	dir                  string
	bucket, distribution string
}

// newSite gives the service a site with files, and deploys it.
func (d *deployment) newSite(files map[string]string) *site {
	d.t.Helper()
	s := &site{deployment: d, dir: d.t.TempDir()}
	for name, content := range files {
		s.write(name, content)
	}
	described, err := sparta.NewS3Site(s.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	d.service.Site = described
	return s
}

func (s *site) write(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, []byte(content), 0o644)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// deploy provisions, and returns the service and operation of each request about the site's files.
func (s *site) deploy() (calls []string, changed bool) {
	s.t.Helper()
	before := len(s.proxy.Calls())
	result := s.must()
	s.bucket, s.distribution = result.Outputs["S3SiteBucket"], result.Outputs["S3SiteDistribution"]
	for _, call := range s.proxy.Calls()[before:] {
		switch text := fmt.Sprintf("%s:%s", call.Service, call.Operation); {
		case strings.HasPrefix(text, "cloudfront:"):
			calls = append(calls, "cloudfront")
		case call.Service == "s3" && !strings.HasPrefix(call.Operation, "Head"):
			calls = append(calls, call.Operation)
		}
	}
	return calls, result.Changed
}

// object is an object of the bucket with its headers.
func (s *site) object(key string) (object struct{ ContentType, CacheControl string }) {
	s.t.Helper()
	s.account.CLI(s.t, &object, "s3api", "head-object", "--bucket", s.bucket, "--key", key)
	return object
}

func (s *site) content(key string) string {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "object")
	s.account.CLI(s.t, nil, "s3api", "get-object", "--bucket", s.bucket, "--key", key, file)
	text, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *site) wantKeys(want ...string) {
	s.t.Helper()
	var found struct{ Contents []struct{ Key string } }
	s.account.CLI(s.t, &found, "s3api", "list-objects-v2", "--bucket", s.bucket)
	var keys []string
	for _, object := range found.Contents {
		keys = append(keys, object.Key)
	}
	slices.Sort(want)
	if !slices.Equal(keys, want) {
		s.t.Errorf("the bucket has %q\nwant %q", keys, want)
	}
}

// wantInvalidated compares the paths of the newest invalidation.
func (s *site) wantInvalidated(number int, want ...string) {
	s.t.Helper()
	var list struct {
		InvalidationList struct{ Items []struct{ ID string } }
	}
	args := []string{"cloudfront", "list-invalidations", "--distribution-id", s.distribution}
	if out := s.account.CLI(s.t, nil, args...); len(out) > 0 { // there is no output if there are none
		s.account.CLI(s.t, &list, args...)
	}
	items := list.InvalidationList.Items
	if len(items) != number {
		s.t.Fatalf("there are %d invalidations, want %d", len(items), number)
	}
	if number == 0 {
		return
	}
	var found []string
	for _, item := range items { // the stand-in's are in no order
		var one struct {
			Invalidation struct {
				InvalidationBatch struct{ Paths struct{ Items []string } }
			}
		}
		s.account.CLI(s.t, &one, "cloudfront", "get-invalidation", "--distribution-id", s.distribution,
			"--id", item.ID)
		found = append(found, strings.Join(one.Invalidation.InvalidationBatch.Paths.Items, " "))
	}
	if !slices.Contains(found, strings.Join(want, " ")) {
		s.t.Errorf("invalidations are %q, want %q among them", found, want)
	}
}

const recordOfSite = ".sparta/site.json"

// TestASiteIsDeployedAndChanged follows a site with an API behind it from its first deployment to the stack's deletion.
func TestASiteIsDeployedAndChanged(t *testing.T) {
	d := newDeployment(t)
	s := d.newSite(map[string]string{
		"index.html": "<p>first", "error.html": "<p>?", "about/index.html": "<p>about", "app.8e0d62a1.js": "1",
		"logo.svg": "<svg/>", ".env": "SECRET=1",
	})
	d.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	addRoute(t, d.service.API, "GET", "/orders/{id}", d.service.Functions[0])
	d.service.Site.UserManifestData["title"] = "Shop"
	d.service.Site.UserManifestData["stack"] = []any{cloudformation.StackName}
	s.deploy()

	s.wantKeys(recordOfSite, "MANIFEST.json", "about/index.html", "app.8e0d62a1.js", "error.html", "index.html",
		"logo.svg")
	for key, want := range map[string]struct{ ContentType, CacheControl string }{
		"index.html":      {"text/html; charset=utf-8", "no-cache"},
		"app.8e0d62a1.js": {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"logo.svg":        {"image/svg+xml", "no-cache"},
		"MANIFEST.json":   {"application/json", "no-cache"},
	} {
		if got := s.object(key); got != want {
			t.Errorf("%s has %v, want %v", key, got, want)
		}
	}
	manifest := s.content("MANIFEST.json")
	for _, want := range []string{
		`"APIGatewayURL"`, `"Description": "URL of Shop"`, `.execute-api.us-east-1.amazonaws.com/v1"`,
		`"userdata"`, `"title": "Shop"`, `"Tested"`,
	} {
		if !strings.Contains(manifest, want) {
			t.Errorf("the manifest lacks %s:\n%s", want, manifest)
		}
	}
	s.wantInvalidated(0)
	log := d.log.String()
	if !strings.Contains(log, "file=index.html") || !strings.Contains(log, "bytes=8") ||
		!strings.Contains(log, "without 1 file or folder whose names begin with a dot") {
		t.Errorf("the log does not say what is uploaded:\n%s", log)
	}

	if calls, changed := s.deploy(); changed || !slices.Equal(calls, []string{"ListObjectsV2"}) {
		t.Errorf("an unchanged site: changed %t, requests %v, want only a list", changed, calls)
	}

	s.write("index.html", "<p>second")
	s.write("new page.html", "<p>new")
	if err := os.Remove(filepath.Join(s.dir, "logo.svg")); err != nil {
		t.Fatal(err)
	}
	if calls, changed := s.deploy(); !changed ||
		!slices.Equal(calls, []string{
			"ListObjectsV2", "GetObject", "PutObject", "PutObject", "DeleteObjects", "cloudfront", "PutObject",
		}) {
		t.Errorf("a changed site: changed %t, requests %v", changed, calls)
	}
	s.wantKeys(recordOfSite, "MANIFEST.json", "about/index.html", "app.8e0d62a1.js", "error.html", "index.html",
		"new page.html")
	s.wantInvalidated(1, "/", "/index.html", "/logo.svg", "/new%20page.html")
	if got := s.content("index.html"); got != "<p>second" {
		t.Errorf("index.html is %q", got)
	}

	d.service.Site.CacheControl = []sparta.SiteCacheControl{{Pattern: "*.js", Value: "no-store"}}
	s.deploy()
	if got := s.object("app.8e0d62a1.js").CacheControl; got != "no-store" {
		t.Errorf("app.js has Cache-Control %s", got)
	}
	s.wantInvalidated(2, "/app.8e0d62a1.js")

	for i := range 16 {
		s.write(fmt.Sprintf("posts/%d.html", i), "<p>")
	}
	s.deploy()
	s.wantInvalidated(3, "/*")
	d.deleteStack()
	var left struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &left, "s3api", "list-buckets")
	for _, bucket := range left.Buckets {
		if !strings.HasPrefix(bucket.Name, "sparta-packages-") {
			t.Errorf("bucket %s is left", bucket.Name)
		}
	}
}

// TestASiteIsEmptiedHoweverItsStackIsDeleted: also without cgo:delete.
func TestASiteIsEmptiedHoweverItsStackIsDeleted(t *testing.T) {
	d := newDeployment(t)
	s := d.newSite(map[string]string{"index.html": "<p>"})
	s.deploy()
	d.account.CLI(t, nil, "cloudformation", "delete-stack", "--stack-name", "Tested")
	var left struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &left, "s3api", "list-buckets")
	for _, bucket := range left.Buckets {
		if bucket.Name == s.bucket {
			t.Errorf("bucket %s is left", bucket.Name)
		}
	}
}

// TestAnUploadThatFailsIsCompletedByTheNextRun: files, deletions, the invalidation and the record.
func TestAnUploadThatFailsIsCompletedByTheNextRun(t *testing.T) {
	d := newDeployment(t)
	s := d.newSite(map[string]string{"index.html": "<p>1", "a.css": "a", "b.css": "b", "old.css": "o"})
	faults := []struct {
		name  string
		fault testaws.Fault
		want  string
	}{
		{
			"the first upload",
			testaws.Fault{Service: "s3", Operation: "PutObject", Kind: testaws.AccessDenied, Occurrence: 3},
			"s3:PutObject is denied",
		},
		{
			"an invalidation",
			testaws.Fault{
				Service: "cloudfront", Operation: "POST /2020-05-31/distribution/", Kind: testaws.AccessDenied,
			},
			"cloudfront:CreateInvalidation is denied",
		},
	}
	for i, test := range faults {
		if i > 0 {
			s.write("index.html", fmt.Sprint("<p>changed ", i))
			if err := os.Remove(filepath.Join(s.dir, "old.css")); err != nil {
				t.Fatal(err)
			}
			test.fault.Operation += s.distribution + "/invalidation"
		}
		d.proxy.Break(test.fault)
		_, err := d.run()
		d.proxy.Reset()
		if err == nil || !strings.Contains(err.Error(), test.want) ||
			!strings.Contains(err.Error(), "stack Tested is deployed, but its site is not complete") {
			t.Errorf("%s fails: error is %v, want %q in it", test.name, err, test.want)
		}
		if _, changed := s.deploy(); !changed {
			t.Errorf("%s fails: the next run has nothing to do", test.name)
		}
		if calls, changed := s.deploy(); changed || len(calls) != 1 {
			t.Errorf("%s fails: the run after the next one has made %v", test.name, calls)
		}
	}
	s.wantKeys(recordOfSite, "MANIFEST.json", "a.css", "b.css", "index.html")
	// The first one is of what CloudFront may have cached after the run whose upload failed.
	s.wantInvalidated(2, "/", "/index.html", "/old.css")
}

// TestAPipelinePublishesASite: the stack's custom resource does, from the archive that the pipeline has stored.
func TestAPipelinePublishesASite(t *testing.T) {
	d := newDeployment(t)
	s := d.newSite(map[string]string{"index.html": "<p>first", "logo.svg": "<svg/>", "old.txt": ""})
	d.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
	addRoute(t, d.service.API, "GET", "/orders/{id}", d.service.Functions[0])
	d.service.Site.UserManifestData = map[string]any{"count": 1, "stack": cloudformation.StackName}
	artifacts := d.account.Bucket("artifacts")
	d.account.CLI(t, nil, "s3api", "create-bucket", "--bucket", artifacts)
	d.options.S3Bucket, d.options.HandOver, d.options.NoOp = artifacts, true, true

	deploy := func(verb string) {
		t.Helper()
		d.must()
		template := filepath.Join(d.options.Workspace, "template.json")
		for key, file := range map[string]string{
			"code.zip": d.pkg.Zip, "template.json": template,
			"site.zip": filepath.Join(d.options.Workspace, provision.SiteFile),
		} {
			d.account.CLI(t, nil, "s3api", "put-object", "--bucket", artifacts, "--key", key, "--body", file)
		}
		d.account.CLI(t, nil, "cloudformation", verb, "--stack-name", "Tested", "--template-url",
			d.account.Endpoint+"/"+artifacts+"/template.json", "--capabilities", "CAPABILITY_IAM", "--parameters",
			"ParameterKey=CodeS3Key,ParameterValue=code.zip", "ParameterKey=SiteS3Key,ParameterValue=site.zip")
		var stacks struct {
			Stacks []struct {
				StackStatus string
				Outputs     []struct{ OutputKey, OutputValue string }
			}
		}
		d.account.CLI(t, &stacks, "cloudformation", "describe-stacks", "--stack-name", "Tested")
		if status := stacks.Stacks[0].StackStatus; !strings.HasSuffix(status, "E_COMPLETE") {
			events := d.account.CLI(t, nil, "cloudformation", "describe-stack-events", "--stack-name", "Tested")
			t.Fatalf("the stack is %s\n%s", status, events)
		}
		for _, output := range stacks.Stacks[0].Outputs {
			switch output.OutputKey {
			case "S3SiteBucket":
				s.bucket = output.OutputValue
			case "S3SiteDistribution":
				s.distribution = output.OutputValue
			}
		}
	}
	deploy("create-stack")
	s.wantKeys(recordOfSite, "MANIFEST.json", "index.html", "logo.svg", "old.txt")
	if got := s.object("logo.svg"); got.ContentType != "image/svg+xml" || got.CacheControl != "no-cache" {
		t.Errorf("logo.svg has %v", got)
	}
	manifest := s.content("MANIFEST.json")
	for _, want := range []string{`.execute-api.us-east-1.amazonaws.com/v1"`, `"count": 1`, `"stack": "Tested"`} {
		if !strings.Contains(manifest, want) {
			t.Errorf("the manifest lacks %s:\n%s", want, manifest)
		}
	}

	s.write("index.html", "<p>second")
	if err := os.Remove(filepath.Join(s.dir, "old.txt")); err != nil {
		t.Fatal(err)
	}
	deploy("update-stack")
	s.wantKeys(recordOfSite, "MANIFEST.json", "index.html", "logo.svg")
	if got := s.content("index.html"); got != "<p>second" {
		t.Errorf("index.html is %q", got)
	}
	s.wantInvalidated(1, "/*")
}

// TestASitesBucketIsReplacedAndRemoved: the old bucket is emptied each time.
func TestASitesBucketIsReplacedAndRemoved(t *testing.T) {
	d := newDeployment(t)
	d.options.Yes = true
	s := d.newSite(map[string]string{"index.html": "<p>"})
	d.service.Site.WebsiteHosting = true
	for _, name := range []string{"first", "second"} {
		d.service.Site.BucketName = d.account.Bucket(name)
		if s.deploy(); s.bucket != d.service.Site.BucketName || s.distribution != "" {
			t.Errorf("the site is in bucket %s, distribution %q", s.bucket, s.distribution)
		}
		s.wantKeys(recordOfSite, "MANIFEST.json", "index.html")
	}
	d.service.Site = nil
	d.must()
	var left struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &left, "s3api", "list-buckets")
	for _, bucket := range left.Buckets {
		if !strings.HasPrefix(bucket.Name, "sparta-packages-") {
			t.Errorf("bucket %s is left", bucket.Name)
		}
	}
}
