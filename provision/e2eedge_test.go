package provision_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// cacheBehavior is a cache behavior in the answers of CloudFront.
type cacheBehavior struct {
	PathPattern                string
	LambdaFunctionAssociations struct {
		Items []struct {
			LambdaFunctionARN, EventType string
			IncludeBody                  bool
		}
	}
	FunctionAssociations struct{ Items []struct{ EventType string } }
}

// runs lists the functions that a distribution runs: path pattern, event type, function with version.
func (d *deployment) runs(distribution string) []string {
	d.t.Helper()
	var answer struct {
		DistributionConfig struct {
			DefaultCacheBehavior cacheBehavior
			CacheBehaviors       struct{ Items []cacheBehavior }
		}
	}
	d.account.CLI(d.t, &answer, "cloudfront", "get-distribution-config", "--id", distribution)
	configuration := answer.DistributionConfig
	configuration.DefaultCacheBehavior.PathPattern = "*"
	var list []string
	for _, behavior := range append(configuration.CacheBehaviors.Items, configuration.DefaultCacheBehavior) {
		for _, one := range behavior.LambdaFunctionAssociations.Items {
			_, function, _ := strings.Cut(one.LambdaFunctionARN, ":function:")
			text := fmt.Sprintf("%s %s %s", behavior.PathPattern, one.EventType, function)
			if one.IncludeBody {
				text += " with bodies"
			}
			list = append(list, text)
		}
		for _, one := range behavior.FunctionAssociations.Items {
			list = append(list, behavior.PathPattern+" "+one.EventType+" CloudFront Function")
		}
	}
	slices.Sort(list)
	return list
}

func (d *deployment) wantRuns(distribution string, want ...string) {
	d.t.Helper()
	slices.Sort(want)
	if got := d.runs(distribution); !slices.Equal(got, want) {
		d.t.Errorf("the distribution runs %q\nwant %q", got, want)
	}
}

// newDistribution creates a distribution outside of any stack, with a behavior for /api/*.
func (d *deployment) newDistribution() string {
	d.t.Helper()
	const behavior = `"TargetOriginId": "shop", "ViewerProtocolPolicy": "allow-all",
		"CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"`
	const configuration = `{
		"CallerReference": "mine", "Comment": "Mine", "Enabled": true,
		"Origins": {"Quantity": 1, "Items": [{"Id": "shop", "DomainName": "shop.example.com", "CustomOriginConfig": {
			"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
		"DefaultCacheBehavior": {` + behavior + `},
		"CacheBehaviors": {"Quantity": 1, "Items": [{"PathPattern": "/api/*", ` + behavior + `}]}
	}`
	var created struct{ Distribution struct{ ID string } }
	d.account.CLI(d.t, &created, "cloudfront", "create-distribution", "--distribution-config", configuration)
	return created.Distribution.ID
}

// atEdge makes the service's function one for edge locations.
func (d *deployment) atEdge(associations ...sparta.EdgeAssociation) {
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: associations}
}

func TestASitesDistributionRunsAFunction(t *testing.T) {
	d := newDeployment(t)
	s := d.newSite(map[string]string{"index.html": "<p>first"})
	d.atEdge(
		sparta.EdgeAssociation{EventType: "viewer-request"},
		sparta.EdgeAssociation{EventType: "origin-request", PathPattern: "/members/*", IncludeBody: true})
	s.deploy()
	d.wantRuns(s.distribution, "* viewer-request Tested-hello:1", "/members/* viewer-request CloudFront Function",
		"/members/* origin-request Tested-hello:1 with bodies")
	if _, changed := s.deploy(); changed {
		t.Error("deploying the same again changes the stack")
	}
	d.pack("Goodbye")
	s.deploy()
	d.wantRuns(s.distribution, "* viewer-request Tested-hello:2", "/members/* viewer-request CloudFront Function",
		"/members/* origin-request Tested-hello:2 with bodies")
	d.atEdge(sparta.EdgeAssociation{EventType: "origin-response"})
	s.deploy()
	d.wantRuns(s.distribution, "* origin-response Tested-hello:2", "* viewer-request CloudFront Function")
	d.deleteStack()
}

func TestADistributionOfAHookRunsAFunction(t *testing.T) {
	d := newDeployment(t)
	d.service.Hooks = &sparta.WorkflowHooks{ServiceDecorator: func(_ context.Context, w *sparta.Workflow) error {
		return w.Template.Add("Cdn", &cloudformation.Resource{
			Type: "AWS::CloudFront::Distribution",
			Properties: map[string]any{"DistributionConfig": map[string]any{
				"Enabled": true,
				"Origins": []map[string]any{{
					"Id": "shop", "DomainName": "shop.example.com",
					"CustomOriginConfig": map[string]any{"OriginProtocolPolicy": "https-only"},
				}},
				"DefaultCacheBehavior": map[string]any{
					"TargetOriginId": "shop", "ViewerProtocolPolicy": "https-only",
					"CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
				},
			}},
		})
	}}
	d.atEdge(sparta.EdgeAssociation{EventType: "viewer-response", Distribution: cloudformation.Ref("Cdn")})
	d.must()
	var found struct {
		StackResourceDetail struct{ PhysicalResourceID string }
	}
	d.account.CLI(t, &found, "cloudformation", "describe-stack-resource", "--stack-name", "Tested",
		"--logical-resource-id", "Cdn")
	d.wantRuns(found.StackResourceDetail.PhysicalResourceID, "* viewer-response Tested-hello:1")
}

// CloudFront runs functions in the regions of their viewers, where they log.
func TestTheLogsOfAFunctionAtTheEdgeAreThoseOfAllRegions(t *testing.T) {
	d := newDeployment(t)
	d.atEdge()
	d.must()
	now := time.Now().Add(-time.Minute)
	for i, region := range []string{"eu-central-1", "us-east-1", "ap-northeast-1", "eu-central-1"} {
		group, stream := "/aws/lambda/us-east-1.Tested-hello", fmt.Sprint("stream", i)
		logs := func(operation string, arguments ...string) {
			t.Helper()
			d.account.CLI(t, nil, append([]string{"logs", operation, "--region", region, "--log-group-name", group},
				arguments...)...)
		}
		if i < 3 {
			logs("create-log-group")
		}
		logs("create-log-stream", "--log-stream-name", stream)
		logs("put-log-events", "--log-stream-name", stream, "--log-events",
			fmt.Sprintf("timestamp=%d,message=event%d", now.Add(time.Duration(i)*time.Second).UnixMilli(), i))
	}
	var shown strings.Builder
	err := provision.Logs(t.Context(), d.service, provision.LogsOptions{
		Session: provision.SessionOptions{Dial: d.proxy.Dial}, Stdout: &shown, Logger: d.options.Logger,
	})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(shown.String()) {
		lines = append(lines, strings.Join(strings.Fields(line)[1:], " "))
	}
	want := []string{
		"eu-central-1 event0", "us-east-1 event1", "ap-northeast-1 event2", "eu-central-1 event3",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the log is\n%s\nwant the lines %q\n%s", &shown, want, d.log)
	}
}

// wantRefused wants an error before anything is written.
func (d *deployment) wantRefused(want string) {
	d.t.Helper()
	changed := func() (at []string) {
		var stacks struct {
			Stacks []struct{ StackStatus, LastUpdatedTime string }
		}
		d.account.CLI(d.t, &stacks, "cloudformation", "describe-stacks", "--stack-name", "Tested")
		for _, stack := range stacks.Stacks {
			at = append(at, stack.StackStatus, stack.LastUpdatedTime)
		}
		return at
	}
	before := changed()
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), want) {
		d.t.Errorf("error is %v, want %s", err, want)
	}
	if after := changed(); !slices.Equal(before, after) {
		d.t.Errorf("the stack has changed from %q to %q", before, after)
	}
}

func TestADistributionThatIsDeletedBetweenDeployments(t *testing.T) {
	d := newDeployment(t)
	mine := d.newDistribution()
	d.atEdge(sparta.EdgeAssociation{EventType: "viewer-request", Distribution: mine})
	d.must()
	var found struct{ ETag string }
	d.account.CLI(t, &found, "cloudfront", "get-distribution-config", "--id", mine)
	d.account.CLI(t, nil, "cloudfront", "delete-distribution", "--id", mine, "--if-match", found.ETag)
	d.pack("Goodbye")
	d.wantRefused("function hello: EdgeAssociations: distribution " + mine + " does not exist: use the ID of")
	d.atEdge()
	d.must()
	d.deleteStack()
}

// The distribution belongs to somebody else: everything but the function stays as it is.
func TestAnExistingDistributionRunsAFunction(t *testing.T) {
	d := newDeployment(t)
	mine := d.newDistribution()
	other := d.inStack("Other")
	other.atEdge(sparta.EdgeAssociation{EventType: "origin-response", Distribution: mine})
	other.must()
	const others = "* origin-response Other-hello:1"

	d.atEdge(
		sparta.EdgeAssociation{EventType: "viewer-request", Distribution: mine, IncludeBody: true},
		sparta.EdgeAssociation{EventType: "viewer-response", Distribution: mine, PathPattern: "/api/*"})
	d.must()
	d.wantRuns(mine, others, "* viewer-request Tested-hello:1 with bodies", "/api/* viewer-response Tested-hello:1")
	if result := d.must(); result.Changed {
		t.Error("deploying the same again changes the stack")
	}
	d.pack("Goodbye")
	d.atEdge(sparta.EdgeAssociation{EventType: "viewer-request", Distribution: mine})
	d.must()
	d.wantRuns(mine, others, "* viewer-request Tested-hello:2")

	d.atEdge(sparta.EdgeAssociation{EventType: "origin-response", Distribution: mine})
	d.wantRefused("distribution " + mine + " already runs arn:aws:lambda:us-east-1:")
	d.wantRuns(mine, others, "* viewer-request Tested-hello:2")
	for range 2 { // the second time, there is no stack
		d.deleteStack()
	}
	const note = "functions at edge locations (hello) can only be deleted when CloudFront"
	if count := strings.Count(d.log.String(), note); count != 1 {
		t.Errorf("the deletion mentions replicas %d times:\n%s", count, d.log)
	}
	d.wantRuns(mine, others)
	var found struct{ DistributionConfig struct{ Comment string } }
	d.account.CLI(t, &found, "cloudfront", "get-distribution-config", "--id", mine)
	if found.DistributionConfig.Comment != "Mine" {
		t.Errorf("the comment is %q", found.DistributionConfig.Comment)
	}
}
