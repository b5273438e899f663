package product

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
)

// exampleProject copies an example into a module of its own.
func exampleProject(t *testing.T, name string) project {
	t.Helper()
	work := t.TempDir()
	p := project{dir: filepath.Join(work, name), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/"+name); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.dir, "magefile.go")); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", name), p.dir)
	return p
}

// TestTheEdgeExampleAnswersCloudFront runs the functions of examples/edge on CloudFront's events, and deploys them with
// the site whose distribution runs them.
func TestTheEdgeExampleAnswersCloudFront(t *testing.T) {
	needHost(t)
	p := exampleProject(t, "edge")
	for function, test := range map[string]struct{ sample, want string }{
		"choose":   {"viewer-request", `"uri":"/orders/1"`},
		"admit":    {"viewer-request", `"value":"/login.html?to=%2Fmembers%2F1"`},
		"redirect": {"origin-request", `"domainName":"spartaedge-s3site.s3.us-east-1.amazonaws.com"`},
		"protect":  {"viewer-response", `"key":"Content-Security-Policy"`},
	} {
		result := p.mage(t, nil, "cgo:invoke", "-function="+function, "-sample="+test.sample)
		if result.code != 0 || !json.Valid([]byte(result.stdout)) || !strings.Contains(result.stdout, test.want) {
			t.Errorf("%s: exit status %d, answer %s\nwant %s in it\n%s", function, result.code, result.stdout,
				test.want, result.stderr)
		}
	}
	result := p.mage(t, nil, "cgo:invoke", "-function=choose", "-sample=origin-request")
	const want = `CloudFront sent an event of type "origin-request" to a function for viewer-request events`
	if result.code == 0 || !strings.Contains(strings.ReplaceAll(result.stderr, `\"`, `"`), want) {
		t.Errorf("an event of another type: exit status %d\n%s\nwant %s", result.code, result.stderr, want)
	}
	result = p.mage(t, []string{"AWS_REGION=eu-west-1"}, "cgo:provision", "-noop")
	for _, function := range []string{"choose", "admit", "redirect", "protect"} {
		want := "function " + function + ": Lambda@Edge runs only functions of us-east-1: provision there, not in " +
			"eu-west-1"
		if result.code == 0 || !strings.Contains(result.stderr, want) {
			t.Errorf("another region: exit status %d\n%s\nwant %s", result.code, result.stderr, want)
		}
	}

	account := testaws.Start(t).Account(t)
	for name, value := range account.Settings() {
		p.env = append(p.env, name+"="+value)
	}
	if result = p.mage(t, nil, "cgo:provision"); result.code != 0 {
		t.Fatalf("cgo:provision: exit status %d\n%s", result.code, result.stderr)
	}
	var list struct {
		DistributionList struct {
			Items []struct {
				DefaultCacheBehavior struct {
					LambdaFunctionAssociations struct{ Quantity int }
				}
				CacheBehaviors struct{ Quantity int }
			}
		}
	}
	account.CLI(t, &list, "cloudfront", "list-distributions")
	items := list.DistributionList.Items
	if len(items) != 1 || items[0].DefaultCacheBehavior.LambdaFunctionAssociations.Quantity != 3 ||
		items[0].CacheBehaviors.Quantity != 1 {
		t.Errorf("the distributions are %+v", items)
	}
	result = p.mage(t, nil, "cgo:delete", "-yes")
	if result.code != 0 || !strings.Contains(result.stderr, "(choose, admit, redirect, protect) can only be deleted") {
		t.Errorf("cgo:delete: exit status %d\n%s", result.code, result.stderr)
	}
}

// maxOfEdgeZip is what docs/edge.md says of examples/edgeexisting, in bytes.
const maxOfEdgeZip = 3 << 20

// TestTheExampleOfAnExistingDistribution runs, measures and describes examples/edgeexisting.
func TestTheExampleOfAnExistingDistribution(t *testing.T) {
	needHost(t)
	p := exampleProject(t, "edgeexisting")
	result := p.mage(t, nil, "cgo:invoke", "-sample=origin-request")
	if result.code != 0 || !strings.Contains(result.stdout, `"uri":"/orders/1"`) {
		t.Errorf("exit status %d, answer %s\n%s", result.code, result.stdout, result.stderr)
	}
	const event = `{"Records":[{"cf":{"config":{"eventType":"origin-request"},"request":{"uri":"/images/1","headers":` +
		`{"cloudfront-viewer-country":[{"value":"DE"}]},"origin":{"custom":{"domainName":"example.org"}}}}}]}`
	result = p.mage(t, nil, "cgo:invoke", "-event="+event)
	for _, want := range []string{
		`"origin":{"s3":{`, `"domainName":"images-eu-central-1.s3.eu-central-1.amazonaws.com"`,
	} {
		if !strings.Contains(result.stdout, want) {
			t.Errorf("answer %s\nwant %s in it\n%s", result.stdout, want, result.stderr)
		}
	}
	zip, err := os.Stat(filepath.Join(p.dir, strings.TrimSpace(p.mage(t, nil, "cgo:build").stdout)))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the zip has %d bytes", zip.Size())
	if zip.Size() > maxOfEdgeZip {
		t.Errorf("the zip has %d bytes, want %d at most", zip.Size(), maxOfEdgeZip)
	}

	result = p.mage(t, []string{"DISTRIBUTION=EDFDVBD6EXAMPLE"}, "deploy", "-noop")
	if result.code != 0 || !strings.Contains(p.read(t, ".sparta/template.json"), `"Distribution": "EDFDVBD6EXAMPLE"`) {
		t.Errorf("deploy: exit status %d\n%s", result.code, result.stderr)
	}
	result = p.mage(t, nil, "deploy", "-noop")
	const want = `EdgeAssociations[0].Distribution "" is invalid: use the ID of a distribution`
	if result.code == 0 || !strings.Contains(result.stderr, want) {
		t.Errorf("without a distribution: exit status %d\n%s\nwant %s", result.code, result.stderr, want)
	}
}
