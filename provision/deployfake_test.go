package provision

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/functions"
	"github.com/go-sparta/sparta/provision/internal/packages"
	"github.com/go-sparta/sparta/provision/internal/roles"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// world is all that a run of Provision touches.
type world struct {
	t       testing.TB
	cfn     *fakeCFN
	service Service
	pkg     Package
	options Options
	stdout  bytes.Buffer
	log     bytes.Buffer

	alias     pointing
	roles     map[string]string // ARNs by name
	functions map[string]*fakeFunction
	objects   map[string]bool // keys in the bucket
	uploading func()          // what happens during an upload
	faults    map[string]error
	noAWS     error // why there is no session
	anonymous error // why the caller is not known
}

type fakeFunction struct {
	sha     string // of its code, in Lambda's encoding
	busy    time.Time
	state   string // Pending while it is busy, else this; empty means Active
	failure string
}

func newWorld(t testing.TB, functions ...*sparta.LambdaAWSInfo) *world {
	t.Helper()
	if len(functions) == 0 {
		functions = []*sparta.LambdaAWSInfo{newInfo(t, "hello", sparta.IAMRoleDefinition{})}
	}
	w := &world{
		t:         t,
		cfn:       newFakeCFN(),
		roles:     map[string]string{},
		functions: map[string]*fakeFunction{},
		objects:   map[string]bool{},
		faults:    map[string]error{},
		service:   Service{Name: "svc", Functions: functions},
	}
	log := logrus.New()
	log.SetOutput(&w.log)
	log.SetFormatter(&logrus.TextFormatter{DisableTimestamp: true, DisableQuote: true})
	w.options = Options{Workspace: t.TempDir(), Stdout: &w.stdout, Logger: log}
	w.options.Wait = 10 * time.Minute
	w.pack("1")
	return w
}

func newInfo(t testing.TB, name string, role any) *sparta.LambdaAWSInfo {
	t.Helper()
	info, err := sparta.NewAWSLambda(name, func(context.Context) error { return nil }, role)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// pack makes another package.
func (w *world) pack(digit string) {
	w.pkg = Package{
		Zip:    "svc.zip",
		SHA256: strings.Repeat("0"+digit, 32),
		Size:   1000,
		GOARCH: "amd64",
		Python: "python3.13",
	}
}

// code is the package's hash in Lambda's encoding.
func (w *world) code() string {
	sum, err := hex.DecodeString(w.pkg.SHA256)
	if err != nil {
		w.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sum)
}

// deployed makes the stack exist, as the package describes it.
func (w *world) deployed() *fakeStack {
	for _, info := range w.service.Functions {
		w.functions["svc-"+info.Name()] = &fakeFunction{sha: w.code()}
	}
	w.objects["svc/"+w.pkg.SHA256+".zip"] = true
	w.cfn.changes = nil
	for _, info := range w.service.Functions {
		id := template.FunctionLogicalID(info.Name())
		w.cfn.changes = append(w.cfn.changes, change("Modify", id, stack.FunctionType, codeDetail()))
	}
	return w.cfn.add("svc", "UPDATE_COMPLETE")
}

func (w *world) unchanged() {
	w.cfn.status = "FAILED"
	w.cfn.reason = "The submitted information didn't contain changes. " +
		"Submit different information to create a change set."
}

func (w *world) run(ctx context.Context) (*Result, error) {
	w.cfn.calls = nil
	return provision(ctx, w.service, w.pkg, w.options, w.connect)
}

func (w *world) must() *Result {
	w.t.Helper()
	result, err := w.run(w.t.Context())
	if err != nil {
		w.t.Fatalf("provision: %v\n%s", err, &w.log)
	}
	return result
}

func (w *world) connect(_ context.Context, options SessionOptions, log *logrus.Logger) (*clients, error) {
	if w.noAWS != nil {
		return nil, w.noAWS
	}
	identify := connection.Once(func(context.Context) (connection.Identity, error) {
		_ = w.called("GetCallerIdentity") // anonymous is its fault
		return connection.Identity{
			Account:   "123456789012",
			Partition: "aws",
			ARN:       "arn:aws:iam::123456789012:user/dev",
		}, w.anonymous
	})
	caller := newCaller(log, identify)
	return &clients{
		Client:    stack.Client{Caller: caller, API: w.cfn},
		functions: functions.Client{Caller: caller, API: w},
		roles:     roles.Client{API: w},
		region:    "eu-west-1",
		identify:  identify,
		open: func(_ context.Context, bucket string, who connection.Identity) (artifacts, error) {
			if who.Account != "123456789012" {
				w.t.Errorf("the store is opened for %+v", who)
			}
			return fakeStore{w, bucket, who}, connection.Explain(w.called("HeadBucket"), "s3:ListBucket", who.ARN)
		},
	}, nil
}

func (w *world) called(operation string) error {
	w.cfn.mutex.Lock()
	defer w.cfn.mutex.Unlock()
	w.cfn.calls = append(w.cfn.calls, operation)
	return w.faults[operation]
}

func (w *world) GetRole(_ context.Context, in *iam.GetRoleInput, _ ...func(*iam.Options)) (*iam.GetRoleOutput, error) {
	if err := w.called("GetRole"); err != nil {
		return nil, err
	}
	arn, ok := w.roles[*in.RoleName]
	if !ok {
		return nil, refusal(404, "NoSuchEntity", "The role with name "+*in.RoleName+" cannot be found.")
	}
	return &iam.GetRoleOutput{Role: &iamtypes.Role{Arn: &arn}}, nil
}

func (w *world) GetFunctionConfiguration(
	_ context.Context, in *lambda.GetFunctionConfigurationInput, _ ...func(*lambda.Options),
) (*lambda.GetFunctionConfigurationOutput, error) {
	if err := w.called("GetFunctionConfiguration"); err != nil {
		return nil, err
	}
	function := w.functions[*in.FunctionName]
	if function == nil {
		return nil, refusal(404, "ResourceNotFoundException", "Function not found: "+*in.FunctionName)
	}
	configuration := &lambda.GetFunctionConfigurationOutput{
		CodeSha256:       &function.sha,
		State:            "Active",
		LastUpdateStatus: "Successful",
	}
	if time.Now().Before(function.busy) {
		configuration.LastUpdateStatus = "InProgress"
		if function.state != "" {
			configuration.State, configuration.LastUpdateStatus = "Pending", ""
		}
	} else if function.state != "" {
		configuration.State = lambdatypes.State(function.state)
		configuration.StateReason = aws.String("the role is gone")
	} else if function.failure != "" {
		configuration.LastUpdateStatus, configuration.LastUpdateStatusReason = "Failed", &function.failure
	}
	return configuration, nil
}

func (w *world) UpdateFunctionCode(
	_ context.Context, in *lambda.UpdateFunctionCodeInput, _ ...func(*lambda.Options),
) (*lambda.UpdateFunctionCodeOutput, error) {
	if err := w.called("UpdateFunctionCode " + *in.FunctionName); err != nil {
		return nil, err
	}
	function := w.functions[*in.FunctionName]
	if time.Now().Before(function.busy) {
		message := "An update is in progress for resource: " + *in.FunctionName
		return nil, refusal(409, "ResourceConflictException", message)
	}
	if *in.S3Bucket == "" || !w.objects[*in.S3Key] {
		return nil, refusal(404, "InvalidParameterValueException", "no object "+*in.S3Key)
	}
	function.sha = w.code()
	function.busy = time.Now().Add(3 * time.Second)
	return &lambda.UpdateFunctionCodeOutput{}, nil
}

// fakeStore is the bucket.
type fakeStore struct {
	*world
	bucket string
	who    connection.Identity
}

func (s fakeStore) PackageLocation(service, sha256 string) packages.Location {
	return packages.PackageLocation(cmp.Or(s.bucket, "packages"), service, sha256)
}

func (s fakeStore) Upload(_ context.Context, service, _, sha256 string) (bool, error) {
	key := s.PackageLocation(service, sha256).Key
	if err := s.called("HeadObject"); err != nil {
		return false, err
	}
	if s.objects[key] {
		return false, nil
	}
	if err := s.called("PutObject"); err != nil {
		return false, connection.Explain(err, "s3:PutObject", s.who.ARN)
	}
	s.objects[key] = true
	if s.uploading != nil {
		s.uploading()
	}
	return true, nil
}

func (s fakeStore) UploadTemplate(_ context.Context, _ string, template []byte) (string, error) {
	return fmt.Sprintf("https://packages.s3.amazonaws.com/%d.json", len(template)), s.called("PutTemplate")
}
