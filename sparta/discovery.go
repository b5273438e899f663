package sparta

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/internal/logicalid"
)

// DiscoveryInfo is what a running function knows about its stack.
type DiscoveryInfo struct {
	ResourceID string // the function's logical ID
	Region     string // of the stack
	StackID    string // ARN of the stack; empty in a function without DependsOn and at edge locations
	StackName  string
	Resources  map[string]DiscoveryResource // what the function depends on, by the names in DependsOn
}

// DiscoveryResource is a resource that a function depends on.
type DiscoveryResource struct {
	ResourceID   string            // its logical ID
	ResourceRef  string            // what Ref returns: the URL of a queue, the ARN of a topic, the name of most others
	ResourceType string            // for example AWS::SQS::Queue
	Properties   map[string]string // attributes, by their names in GetAtt; which ones depends on the type
}

// Discover returns the stack of the function that is running, and the resources that its DependsOn names.
//
// In Lambda, a function with DependsOn has all of it in the environment variable SPARTA_DISCOVERY_INFO. Without
// DependsOn, the region and the names follow from the function's name, and the StackID is empty. In a local run, the
// stack has the service's name, and resources are called by their logical IDs, unless SPARTA_DISCOVERY_INFO has other
// values, as JSON.
func Discover() (*DiscoveryInfo, error) {
	var known discoverer
	if d := discoverable.Load(); d != nil {
		known = *d
	}
	info, err := known.discover(lambdacontext.FunctionName, os.Getenv)
	if err != nil {
		return nil, fmt.Errorf("discover the function's stack: %w", err)
	}
	return info, nil
}

// ForDiscovery passes to Discover which functions the program serves. It is for cgo.Main.
func ForDiscovery(serviceName string, functions []*LambdaAWSInfo) {
	discoverable.Store(&discoverer{serviceName, functions})
}

// discoverable is what the program serves, which does not change. It is nil while packages are initialized, whose
// goroutines may already call Discover.
var discoverable atomic.Pointer[discoverer]

type discoverer struct {
	service   string
	functions []*LambdaAWSInfo
}

// taskRoot is the folder of packages in Lambda. Local runs have another one, or none.
const taskRoot = "/var/task"

func (d discoverer) discover(functionName string, getenv func(string) string) (*DiscoveryInfo, error) {
	root := getenv("LAMBDA_TASK_ROOT")
	value := getenv(discovery.Variable)
	if root == taskRoot && value != "" {
		return decodeDiscovery(&DiscoveryInfo{}, value)
	}
	// At edge locations, the name begins with the region in which the function was deployed.
	home, stackName, name := discovery.Names(functionName)
	if root != taskRoot {
		name = d.localName(functionName, name)
	}
	own := d.find(name)
	info := &DiscoveryInfo{
		ResourceID: logicalid.Words(name) + "Function",
		Region:     cmp.Or(home, getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION")),
		StackName:  stackName,
		Resources:  map[string]DiscoveryResource{},
	}
	switch {
	case root != taskRoot && own == nil && value == "":
		return nil, fmt.Errorf("this program runs neither in Lambda nor as a function of cgo.Main, or calls Discover "+
			"before cgo.Main: set %s to JSON, for example to {\"StackName\": \"Shop\"}", discovery.Variable)
	case root != taskRoot:
		d.describeLocally(info, own)
		return decodeDiscovery(info, value)
	case name == "" || len(d.functions) > 0 && own == nil:
		return nil, fmt.Errorf("the name %s does not say which stack the function belongs to, because a hook has "+
			"changed it: list a resource of the stack in the function's DependsOn", functionName)
	case own == nil: // before cgo.Main, or in a plain application
		return packagedOr(info, root+"/"+discovery.File, name)
	case len(own.DependsOn) == 0:
		return info, nil
	case own.Options != nil && own.Options.Edge:
		return readDiscovery(root+"/"+discovery.File, name)
	}
	return nil, fmt.Errorf("the environment variable %s is not set, although the function has DependsOn: "+
		"provision the service again, without --inplace", discovery.Variable)
}

func (d discoverer) find(name string) *LambdaAWSInfo {
	position := slices.IndexFunc(d.functions, func(info *LambdaAWSInfo) bool { return info.Name() == name })
	if position < 0 {
		return nil
	}
	return d.functions[position]
}

// localName is the function's name in a local run. cgo:invoke does not know the stack, nor an only function's name.
func (d discoverer) localName(functionName, name string) string {
	switch {
	case d.find(name) != nil:
		return name
	case d.find(functionName) == nil && functionName != "" && len(d.functions) == 1:
		return d.functions[0].Name()
	}
	return functionName
}

// describeLocally fills in what a local run has instead of a stack.
func (d discoverer) describeLocally(info *DiscoveryInfo, own *LambdaAWSInfo) {
	info.StackName = cmp.Or(info.StackName, d.service)
	info.Region = cmp.Or(info.Region, "us-east-1")
	info.StackID = "arn:aws:cloudformation:" + info.Region + ":123456789012:stack/" + info.StackName + "/local"
	if own == nil {
		return
	}
	for _, name := range own.DependsOn {
		resource := DiscoveryResource{ResourceID: name, ResourceRef: name, Properties: map[string]string{}}
		if d.find(name) != nil {
			resource.ResourceID = logicalid.Words(name) + "Function"
			resource.ResourceRef = info.StackName + "-" + name
			resource.ResourceType = "AWS::Lambda::Function"
		}
		info.Resources[name] = resource
	}
}

// decodeDiscovery reads the variable, which is JSON in base64 or, in local runs, also just JSON.
func decodeDiscovery(info *DiscoveryInfo, value string) (*DiscoveryInfo, error) {
	if value = strings.TrimSpace(value); value == "" {
		return info, nil
	}
	text := []byte(value)
	if !strings.HasPrefix(value, "{") {
		var err error
		if text, err = base64.StdEncoding.DecodeString(value); err != nil {
			return nil, fmt.Errorf("%s is neither JSON nor base64: %w", discovery.Variable, err)
		}
	}
	if err := json.Unmarshal(text, info); err != nil {
		return nil, fmt.Errorf("%s is not valid: %w", discovery.Variable, err)
	}
	return info, nil
}

// packagedOr returns what the package contains for a function at edge locations, or else what follows from its name.
// Whether the function has DependsOn is not known.
func packagedOr(info *DiscoveryInfo, path, function string) (*DiscoveryInfo, error) {
	all, err := readPackaged(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return cmp.Or(all[function], info), nil
}

// readDiscovery returns what the package contains for a function at edge locations.
func readDiscovery(path, function string) (*DiscoveryInfo, error) {
	all, err := readPackaged(path)
	if err != nil {
		return nil, err
	}
	if all[function] == nil {
		return nil, errors.New(path + " does not contain the function: provision the service again")
	}
	return all[function], nil
}

// readPackaged reads the file that a deployment adds to the package for functions at edge locations.
func readPackaged(path string) (map[string]*DiscoveryInfo, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read what the deployment has added to the package: %w", err)
	}
	var all map[string]*DiscoveryInfo
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("%s is not valid: %w", path, err)
	}
	return all, nil
}
