package provision

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/decorator"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

var update = flag.Bool("update", false, "rewrite the expected templates in testdata/decorators")

// decorated are services with the decorators of package decorator, by the names of their templates.
func decorated() map[string]func(w *world) {
	another := func(w *world, name string) *sparta.LambdaAWSInfo {
		info := sparta.HandleAWSLambda(name, func() error { return nil }, sparta.IAMRoleDefinition{})
		w.service.Functions = append(w.service.Functions, info)
		return info
	}
	return map[string]func(w *world){
		"alarm": func(w *world) {
			topic := "arn:aws:sns:us-east-1:123456789012:a"
			w.service.Functions[0].Decorator = decorator.CloudWatchErrorAlarmDecorator(2, 5, 3, topic)
			another(w, "silent").Decorator = decorator.CloudWatchErrorAlarmDecorator(1, 1, 1, nil)
		},
		"dashboard": func(w *world) {
			for _, name := range []string{"second", "third", "fourth_one"} {
				another(w, name)
			}
			w.service.Hooks = &sparta.WorkflowHooks{
				ServiceDecorator: decorator.DashboardDecorator(w.service.Functions, 300),
			}
		},
		"outputs": func(w *world) {
			w.service.Functions[0].Decorators = []sparta.TemplateDecoratorHandler{
				decorator.PublishAttOutputDecorator("Hello: the ARN", "ARN of hello", "Arn"),
				decorator.PublishRefOutputDecorator("Hello: the name", "Name of hello"),
			}
		},
		"logs": func(w *world) {
			named, relay := another(w, "named"), another(w, "relay")
			named.Options.LoggingConfig = &sparta.LambdaFunctionLoggingConfig{LogGroup: "/shop/named"}
			aggregator := decorator.NewLogAggregatorDecorator(nil, nil, relay)
			aggregator.FilterPattern = "{ $.level = \"error\" }"
			for _, info := range w.service.Functions {
				info.Decorators = append(info.Decorators, aggregator)
			}
			w.service.Hooks = &sparta.WorkflowHooks{
				ServiceDecorators: []sparta.ServiceDecoratorHookHandler{aggregator},
			}
		},
		"codedeploy": func(w *world) {
			before, after := another(w, "before"), another(w, "after")
			hello := w.service.Functions[0]
			hello.Options.Alias = "live"
			hello.Decorator = decorator.CloudWatchErrorAlarmDecorator(1, 1, 1, nil)
			plain := another(w, "plain")
			plain.Options.Alias = "live"
			w.service.Hooks = &sparta.WorkflowHooks{
				ServiceDecorator: decorator.CodeDeployServiceUpdateDecorator("Canary10Percent5Minutes",
					[]*sparta.LambdaAWSInfo{hello, plain}, before, after, "orders-are-late"),
			}
		},
		"codedeploy-without-hooks": func(w *world) {
			hello := w.service.Functions[0]
			hello.Options.Alias = "live"
			w.service.Hooks = &sparta.WorkflowHooks{
				ServiceDecorator: decorator.CodeDeployServiceUpdateDecorator("Linear10PercentEvery1Minute",
					[]*sparta.LambdaAWSInfo{hello}, nil, nil),
			}
		},
	}
}

// fronted is a service with the decorators for what is in front of functions. Its permissions are those of APIs and
// sites.
func fronted() map[string]func(w *world) {
	return map[string]func(w *world){
		"domains": func(w *world) {
			dir := w.t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "index.html"), nil, 0o600); err != nil {
				w.t.Fatal(err)
			}
			w.service.Site = &sparta.S3Site{Dir: dir}
			w.service.API = sparta.NewAPIGateway("Shop", sparta.NewStage("v1"))
			resource, err := w.service.API.NewResource("/orders", w.service.Functions[0])
			if err == nil {
				_, err = resource.NewMethod("GET", 200)
			}
			if err != nil {
				w.t.Fatal(err)
			}
			const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/8a3d-1"
			w.service.Hooks = &sparta.WorkflowHooks{ServiceDecorators: []sparta.ServiceDecoratorHookHandler{
				decorator.CloudFrontSiteDistributionDecorator(w.service.Site, "www", "example.com", certificate),
				decorator.APIGatewayDomainDecorator(w.service.API, certificate, "v1", "api.example.com"),
			}}
		},
	}
}

// rendered is the template of a service.
func rendered(t *testing.T, change func(w *world)) (string, error) {
	t.Helper()
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	w.options.S3Bucket = "packages-of-mine"
	change(w)
	if _, err := w.run(t.Context()); err != nil {
		return "", err
	}
	return w.file("template.json"), nil
}

func TestTheRecordOfAnAPIsDomainIsInAZone(t *testing.T) {
	for domain, want := range map[string]string{"api.example.com": "example.com", "example.com": "example.com"} {
		api := sparta.NewAPIGateway("Shop", nil)
		decorator.APIGatewayDomainDecorator(api, "arn", "", domain)
		if got := api.Domain.HostedZoneName; got != want {
			t.Errorf("the zone of %s is %s, want %s", domain, got, want)
		}
	}
}

func TestTemplatesOfDecorators(t *testing.T) {
	all := decorated()
	maps.Copy(all, fronted())
	for name, change := range all {
		t.Run(name, func(t *testing.T) {
			got, err := rendered(t, change)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", "decorators", name+".json")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, []byte(got)) {
				t.Errorf("the template is not %s (go test -update rewrites it):\n%s", path, got)
			}
		})
	}
}

func TestTemplatesOfDecoratorsPassCfnLint(t *testing.T) {
	testrequire.Need(t, "aws")
	// The checks left out are those for outdated runtimes, whose results change over time.
	lint := exec.CommandContext(t.Context(), "python3", "-c", "from cfnlint.runner import main; main()",
		"--non-zero-exit-code", "informational", "--ignore-checks", "W2531", "E2531", "E2533",
		"--regions", "us-east-1", "--", filepath.Join("testdata", "decorators", "*.json"))
	if out, err := lint.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", lint, err, out)
	}
}

func TestMistakesWithDecorators(t *testing.T) {
	stranger := sparta.HandleAWSLambda("stranger", func() error { return nil }, sparta.IAMRoleDefinition{})
	ofService := func(hook func(hello *sparta.LambdaAWSInfo) sparta.WorkflowHook) func(w *world) {
		return func(w *world) {
			w.service.Hooks = &sparta.WorkflowHooks{ServiceDecorator: hook(w.service.Functions[0])}
		}
	}
	ofFunction := func(decorators ...sparta.TemplateDecoratorHandler) func(w *world) {
		return func(w *world) { w.service.Functions[0].Decorators = decorators }
	}
	for name, test := range map[string]struct {
		change func(w *world)
		want   string
	}{
		"an alarm without a threshold": {
			ofFunction(decorator.CloudWatchErrorAlarmDecorator(1, 5, 0, nil)),
			"function hello: decorator 1: error alarm: 1 periods of 5 minutes with 0 errors are invalid",
		},
		"an alarm over more than a day": {
			ofFunction(decorator.CloudWatchErrorAlarmDecorator(30, 60, 1, nil)), "more than the 24 hours",
		},
		"two alarms": {
			ofFunction(decorator.CloudWatchErrorAlarmDecorator(1, 5, 1, nil),
				decorator.CloudWatchErrorAlarmDecorator(1, 5, 2, nil)),
			"decorator 2: add resource HelloFunctionErrorAlarm",
		},
		"an output without a name": {
			ofFunction(decorator.PublishRefOutputDecorator("::", "")), `output "::" has no letters or digits`,
		},
		"two outputs of the same name": {
			ofFunction(decorator.PublishRefOutputDecorator("a", ""), decorator.PublishRefOutputDecorator("a-", "")),
			"the template already has an output a",
		},
		"a dashboard with odd periods": {
			ofService(func(hello *sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.DashboardDecorator([]*sparta.LambdaAWSInfo{hello}, 90)
			}),
			"a period of 90 seconds is invalid",
		},
		"a dashboard of another service": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.DashboardDecorator([]*sparta.LambdaAWSInfo{stranger}, 60)
			}),
			"dashboard: function 1 of the list does not belong to the service",
		},
		"a relay of another service": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.NewLogAggregatorDecorator(nil, nil, stranger).DecorateService
			}),
			"log aggregation: the relay is not one of the service's functions",
		},
		"a domain of no site": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.CloudFrontSiteDistributionDecorator(nil, "www", "example.com", "arn")
			}),
			"CloudFrontSiteDistributionDecorator: the site is nil: pass the service's",
		},
		"a second domain of a site": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				site := &sparta.S3Site{Dir: "public", Domain: &sparta.SiteDomain{}}
				return decorator.CloudFrontSiteDistributionDecorator(site, "www", "example.com", "arn")
			}),
			"CloudFrontSiteDistributionDecorator: site public already has a domain: clear Domain, or leave",
		},
		"a domain of a site that is replaced": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				site := &sparta.S3Site{Dir: "public"}
				hook := decorator.CloudFrontSiteDistributionDecorator(site, "", "example.com", "arn")
				site.Domain = nil
				return hook
			}),
			"CloudFrontSiteDistributionDecorator: Domain of site public has been replaced: set it only once",
		},
		"a domain of no API": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.APIGatewayDomainDecorator(nil, "arn", "", "api.example.com")
			}),
			"APIGatewayDomainDecorator: the API is nil: pass the service's",
		},
		"a second domain of an API": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				api := sparta.NewAPIGateway("Shop", nil)
				decorator.APIGatewayDomainDecorator(api, "arn", "", "api.example.com")
				return decorator.APIGatewayDomainDecorator(api, "arn", "", "api.example.org")
			}),
			"APIGatewayDomainDecorator: API Shop already has a domain: clear Domain, or leave the decorator out",
		},
		"CodeDeploy without an alias": {
			ofService(func(hello *sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.CodeDeployServiceUpdateDecorator("AllAtOnce", []*sparta.LambdaAWSInfo{hello}, nil, nil)
			}),
			"set Alias of the function's options",
		},
		"CodeDeploy with an unknown update type": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.CodeDeployServiceUpdateDecorator("Canary", nil, nil, nil)
			}),
			`CodeDeploy has no update type "Canary": use one of AllAtOnce, `,
		},
		"CodeDeploy with a hook whose role another hook has replaced": {
			func(w *world) {
				hello := w.service.Functions[0]
				update := decorator.CodeDeployServiceUpdateDecorator("AllAtOnce", nil, hello, nil)
				w.service.Hooks = &sparta.WorkflowHooks{ServiceDecorator: func(
					ctx context.Context, workflow *sparta.Workflow,
				) error {
					hello := workflow.Template.Resources["HelloFunction"]
					hello.Properties["Role"] = "arn:aws:iam::123456789012:role/other"
					return update(ctx, workflow)
				}}
			},
			"CodeDeploy: the role of the hook hello has been replaced in the template: set RoleName",
		},
		"CodeDeploy with a hook of another service": {
			ofService(func(*sparta.LambdaAWSInfo) sparta.WorkflowHook {
				return decorator.CodeDeployServiceUpdateDecorator("AllAtOnce", nil, stranger, nil)
			}),
			"CodeDeploy: the hook stranger is not one of the service's functions",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := rendered(t, test.change); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

// TestDecoratorsThatAreCalledAgain renders a service twice, as a deployment does if the stack is busy at first.
func TestDecoratorsThatAreCalledAgain(t *testing.T) {
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	decorated()["codedeploy"](w)
	w.must()
	first := w.file("template.json")
	w.must()
	if w.file("template.json") != first {
		t.Error("the second template differs from the first")
	}
}
