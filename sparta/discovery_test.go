package sparta

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestDiscover(t *testing.T) {
	const full = `{"ResourceID":"ShipFunction","Region":"eu-west-1","StackID":"arn:stack","StackName":"Shop",` +
		`"Resources":{"Orders":{"ResourceID":"Orders","ResourceRef":"https://queue","ResourceType":"AWS::SQS::Queue",` +
		`"Properties":{"Arn":"arn:queue"}}}}`
	queue := DiscoveryResource{"Orders", "https://queue", "AWS::SQS::Queue", map[string]string{"Arn": "arn:queue"}}
	ship := HandleAWSLambda("ship", func() {}, "role")
	ship.DependsOn = []string{"Orders", "pack_it"}
	free := HandleAWSLambda("pack_it", func() {}, "role")
	edge := HandleAWSLambda("at_edge", func() {}, "role")
	edge.DependsOn, edge.Options.Edge = []string{"Orders"}, true
	local := DiscoveryInfo{
		"ShipFunction", "us-east-1", "arn:aws:cloudformation:us-east-1:123456789012:stack/Shop/local", "Shop",
		map[string]DiscoveryResource{
			"Orders":  {"Orders", "Orders", "", map[string]string{}},
			"pack_it": {"PackItFunction", "Shop-pack_it", "AWS::Lambda::Function", map[string]string{}},
		},
	}
	overridden := local
	overridden.Resources = map[string]DiscoveryResource{"Orders": queue, "pack_it": local.Resources["pack_it"]}
	overridden.ResourceID, overridden.Region, overridden.StackID = "ShipFunction", "eu-west-1", "arn:stack"
	none := map[string]DiscoveryResource{}
	lambda := map[string]string{"LAMBDA_TASK_ROOT": "/var/task", "AWS_REGION": "eu-west-1"}
	with := func(env map[string]string, value string) map[string]string {
		all := map[string]string{"SPARTA_DISCOVERY_INFO": value}
		for name, value := range env {
			all[name] = value
		}
		return all
	}
	for name, test := range map[string]struct {
		function string
		env      map[string]string
		none     bool // the program does not call cgo.Main
		only     bool // it has one function
		want     DiscoveryInfo
		err      string
	}{
		"in Lambda, with DependsOn": {
			function: "Shop-ship", env: with(lambda, base64.StdEncoding.EncodeToString([]byte(full))),
			want: DiscoveryInfo{
				"ShipFunction", "eu-west-1", "arn:stack", "Shop", map[string]DiscoveryResource{"Orders": queue},
			},
		},
		"in Lambda, without DependsOn": {
			function: "My-Shop-pack_it", env: lambda,
			want: DiscoveryInfo{"PackItFunction", "eu-west-1", "", "My-Shop", none},
		},
		"in Lambda, in a plain application": {
			function: "My-Shop-take", env: lambda, none: true,
			want: DiscoveryInfo{"TakeFunction", "eu-west-1", "", "My-Shop", none},
		},
		"at an edge location, far from the stack": {
			function: "us-east-1.Shop-pack_it", env: lambda,
			want: DiscoveryInfo{"PackItFunction", "us-east-1", "", "Shop", none},
		},
		"in a local run": {function: "ship", want: local},
		"in a local run, with the service's name": {function: "Shop-ship", want: local},
		"in a local run of the only function": {
			function: "app", only: true,
			want: DiscoveryInfo{
				"PackItFunction", "us-east-1", local.StackID, "Shop", none,
			},
		},
		"in a local run with other values": {
			function: "ship", env: with(nil, full), want: overridden,
		},
		"in a local run with other values on several lines": {
			function: "ship", env: with(nil, "\n "+full+"\n"), want: overridden,
		},
		"with DependsOn, but without the variable": {
			function: "Shop-ship", env: lambda,
			err: "SPARTA_DISCOVERY_INFO is not set, although the function has DependsOn: provision the service again",
		},
		"at an edge location, with a package that was not deployed": {
			function: "us-east-1.Shop-at_edge", env: lambda,
			err: "read what the deployment has added to the package: open /var/task/sparta-discovery.json",
		},
		"with another name": {
			function: "Shop-other", env: lambda,
			err: "the name Shop-other does not say which stack the function belongs to, because a hook has changed it",
		},
		"with a name of one word": {function: "ship", env: lambda, err: "the name ship does not say which stack"},
		"with another program's variable": {
			function: "Shop-ship", env: with(lambda, "?"), err: "is neither JSON nor base64",
		},
		"with a variable that is cut off": {
			function: "Shop-ship", env: with(lambda, full[:20]), err: "SPARTA_DISCOVERY_INFO is not valid",
		},
		"in a local run, before cgo.Main": {
			function: "ship", none: true, err: "or calls Discover before cgo.Main: set SPARTA_DISCOVERY_INFO to JSON",
		},
		"outside of a function": {err: "this program runs neither in Lambda nor as a function of cgo.Main"},
	} {
		t.Run(name, func(t *testing.T) {
			d := discoverer{"Shop", []*LambdaAWSInfo{free, ship, edge}}
			if test.only {
				d.functions = d.functions[:1]
			}
			if test.none {
				d = discoverer{}
			}
			got, err := d.discover(test.function, func(name string) string { return test.env[name] })
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error is %v\n    want %s", err, test.err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
}

func TestWhatAPackageContainsForEdgeLocations(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sparta-discovery.json")
	for name, test := range map[string]struct{ content, want string }{
		"the function":       {`{"ship":{"StackName":"Shop"}}`, ""},
		"another function":   {`{"other":{"StackName":"Shop"}}`, " does not contain the function: provision"},
		"something else":     {`[]`, path + " is not valid"},
		"nothing, not found": {"", "read what the deployment has added to the package: open " + path},
	} {
		t.Run(name, func(t *testing.T) {
			if test.content != "" {
				if err := os.WriteFile(path, []byte(test.content), 0o644); err != nil {
					t.Fatal(err)
				}
				defer os.Remove(path)
			}
			info, err := readDiscovery(path, "ship")
			if test.want == "" && (err != nil || info.StackName != "Shop") ||
				test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %+v, error %v, want %s", info, err, test.want)
			}
		})
	}
}

// A goroutine of a package's initializer does not wait for cgo.Main.
func TestDiscoverWhilePackagesAreInitialized(t *testing.T) {
	t.Setenv("SPARTA_DISCOVERY_INFO", `{"StackName":"Shop"}`)
	defer discoverable.Store(discoverable.Load())
	discoverable.Store(nil)
	early := make(chan error, 1)
	go func() {
		_, err := Discover()
		early <- err
	}()
	ForDiscovery("Shop", []*LambdaAWSInfo{HandleAWSLambda("ship", func() {}, "role")})
	if err := <-early; err != nil {
		t.Error(err)
	}
}

func TestWhatAPackageContainsBeforeMain(t *testing.T) {
	for name, test := range map[string]struct{ content, stack, err string }{
		"the function":     {`{"ship":{"StackName":"Shop"}}`, "Shop", ""},
		"another function": {`{"other":{"StackName":"Shop"}}`, "FromName", ""},
		"nothing":          {"", "FromName", ""},
		"something else":   {`[]`, "", "is not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sparta-discovery.json")
			if test.content != "" {
				if err := os.WriteFile(path, []byte(test.content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			info, err := packagedOr(&DiscoveryInfo{StackName: "FromName"}, path, "ship")
			if test.err == "" && (err != nil || info.StackName != test.stack) ||
				test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("got %+v, %v", info, err)
			}
		})
	}
}
