//go:build go1.25

package provision_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// trouble is a way in which calls of an operation fail.
type trouble struct {
	name  string
	kind  testaws.Kind
	first int // call that it spoils, from 1
	times int // how many; 0 is all that come
}

var troubles = []trouble{
	{"throttled twice", testaws.Throttle, 1, 2},
	{"throttled for ever", testaws.Throttle, 1, 0},
	{"500 once", testaws.ServerError, 1, 1},
	{"500 for ever", testaws.ServerError, 1, 0},
	{"500 for ever later", testaws.ServerError, 2, 0},
	{"access denied", testaws.AccessDenied, 1, 0},
	{"access denied later", testaws.AccessDenied, 2, 0},
	{"connection reset", testaws.Reset, 1, 1},
	{"response cut", testaws.Cut, 1, 1},
	{"response cut for ever", testaws.Cut, 1, 0},
	{"hang", testaws.Hang, 1, 1},
	{"hang for ever", testaws.Hang, 1, 0},
	{"page of HTML for ever", testaws.Page, 1, 0},
}

// longest is how long a run may take whose requests fail until it stops: the wait for the stack, an upload with two
// requests that are silent for three minutes, and what has to be done after both.
const longest = 25 * time.Minute

// scenario is a deployment that begins with the account in some state.
type scenario struct {
	name    string
	arrange func(*deployment) // brings the account to that state
	act     func(*deployment) // what the run differs in
}

var scenarios = []scenario{
	{"create", (*deployment).giveBucket, func(*deployment) {}},
	{"update", (*deployment).arrive, func(d *deployment) { d.pack("Goodbye") }},
	{"in place", (*deployment).arrive, func(d *deployment) { d.pack("Goodbye"); d.options.InPlace = true }},
	{"after a failed creation", func(d *deployment) {
		d.giveBucket()
		d.options.Tags = map[string]string{"testaws:fail": "AWS::Lambda::Function"}
		if _, err := d.run(); err == nil {
			d.t.Fatal("a creation that was to fail did not")
		}
		d.options.Tags = nil
	}, func(*deployment) {}},
	{"no-op", (*deployment).arrive, func(d *deployment) { d.pack("Goodbye"); d.options.NoOp = true }},
	{"role that exists", (*deployment).giveBucket, (*deployment).useExistingRole},
	{"own bucket", func(*deployment) {}, func(*deployment) {}},
	{inParts, (*deployment).giveBucket, func(d *deployment) { d.grow(8 << 20) }}, // with its index, just over one part
}

// giveBucket makes packages go to an existing bucket, which takes a third of the calls of the account's own.
func (d *deployment) giveBucket() {
	d.t.Helper()
	d.options.S3Bucket = d.account.Bucket("packages")
	input := &s3.CreateBucketInput{Bucket: &d.options.S3Bucket}
	if _, err := s3.NewFromConfig(d.account.Config(d.t)).CreateBucket(d.t.Context(), input); err != nil {
		d.t.Fatal(err)
	}
}

// arrive has the stack exist.
func (d *deployment) arrive() {
	d.t.Helper()
	d.giveBucket()
	d.must()
}

const inParts = "package in parts"

// useExistingRole makes the function use an existing role.
func (d *deployment) useExistingRole() {
	d.t.Helper()
	name := "existing"
	client := iam.NewFromConfig(d.account.Config(d.t))
	if _, err := client.GetRole(d.t.Context(), &iam.GetRoleInput{RoleName: &name}); err != nil {
		policy := `{
			"Version": "2012-10-17",
			"Statement": [{
				"Effect": "Allow",
				"Principal": {"Service": "lambda.amazonaws.com"},
				"Action": "sts:AssumeRole"
			}]
		}`
		input := &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &policy}
		if _, err := client.CreateRole(d.t.Context(), input); err != nil {
			d.t.Fatal(err)
		}
	}
	hello, err := sparta.NewAWSLambda("hello", func() {}, name)
	if err != nil {
		d.t.Fatal(err)
	}
	d.service.Functions[0] = hello
}

// TestEachCallCanFail spoils every AWS call that provision makes in every way: it ends in time, in success or in one
// clear error; the same again without the trouble succeeds; and what is left behind has been named.
func TestEachCallCanFail(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it deploys some hundred times")
	}
	server := testaws.Start(t)
	calls := plan(t, server)
	var names []string
	for _, call := range calls {
		for _, trouble := range call.troubles() {
			names = append(names, call.name(trouble))
		}
	}
	accounts := server.Profiles(t, names...)
	var wg sync.WaitGroup
	slots := make(chan struct{}, 24) // not go test's -parallel: these runs wait more than they work
	for _, call := range calls {
		for _, trouble := range call.troubles() {
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				name := call.name(trouble)
				t.Run(name, func(t *testing.T) {
					d := side(t, server, accounts[name], name)
					call.scenario.arrange(d)
					call.spoil(d, trouble)
				})
			})
		}
	}
	wg.Wait()
}

// spoiltCall is an operation, and the scenario in which it is spoilt: the first that has it.
type spoiltCall struct {
	testaws.Call
	scenario scenario
	count    int // how often it comes
}

// troubles are those that the call can have.
func (c spoiltCall) troubles() []trouble {
	return slices.DeleteFunc(slices.Clone(troubles), func(trouble trouble) bool {
		// What is the same in each of a bucket's settings is looked at in a few calls only, and what fills the
		// stand-in's memory, too.
		rare := strings.HasSuffix(trouble.name, " later") ||
			trouble.times == 0 && trouble.kind != testaws.Throttle && trouble.kind != testaws.AccessDenied
		often := c.scenario.name == "own bucket" || c.scenario.name == inParts
		return trouble.first > c.count || rare && often
	})
}

func (c spoiltCall) name(trouble trouble) string {
	return strings.ReplaceAll(fmt.Sprintf("%s/%s/%s", c.scenario.name, c.Call, trouble.name), " ", "_")
}

// plan finds out which calls there are, by deploying without trouble.
func plan(t *testing.T, server *testaws.Server) []spoiltCall {
	t.Helper()
	var calls []spoiltCall
	t.Run("plan", func(t *testing.T) {
		var names []string
		for _, scenario := range scenarios {
			names = append(names, strings.ReplaceAll(scenario.name, " ", "_"))
		}
		accounts := server.Profiles(t, names...)
		seen := map[string]bool{}
		for i, scenario := range scenarios {
			d := side(t, server, accounts[names[i]], names[i])
			scenario.arrange(d)
			scenario.act(d)
			d.proxy.Reset()
			d.must()
			for _, call := range d.proxy.Operations() {
				if !seen[call.String()] {
					seen[call.String()] = true
					count := 0
					for _, other := range d.proxy.Calls() {
						if other.String() == call.String() {
							count++
						}
					}
					calls = append(calls, spoiltCall{call, scenario, count})
				}
			}
		}
	})
	if len(calls) < 12 {
		t.Fatalf("only %d calls were found: %v", len(calls), calls)
	}
	return calls
}

// side is a deployment beside others, by an AWS profile.
func side(t *testing.T, server *testaws.Server, account *testaws.Account, profile string) *deployment {
	t.Helper()
	d := prepare(t, account, testaws.NewProxy(t, server.URL))
	d.options.Session = provision.SessionOptions{
		Session:   commandline.Session{Profile: profile},
		Endpoints: map[string]string{"": d.proxy.URL},
	}
	return d
}

func (c spoiltCall) spoil(d *deployment, trouble trouble) {
	t := d.t
	c.scenario.act(d)
	d.proxy.Reset()
	d.proxy.Break(testaws.Fault{
		Service: c.Service, Operation: c.Operation, Kind: trouble.kind, Occurrence: trouble.first, Times: trouble.times,
	})
	var took time.Duration
	err := d.do(func(ctx context.Context, session provision.SessionOptions) error {
		began := time.Now()
		_, err := d.provision(ctx, session)
		took = time.Since(began)
		return err
	})
	if took > longest {
		t.Errorf("it took %s", took)
	}
	if err != nil {
		c.judge(t, err, trouble)
	}
	said := d.log.String() + fmt.Sprint(err)
	for what, name := range d.left() {
		if !strings.Contains(said, name) {
			t.Errorf("left unnamed: %s\nerror: %v\n%s", what, err, d.log)
		}
	}
	if trouble.times > 0 && err != nil {
		t.Errorf("a temporary fault made the run fail: %v", err)
	}

	d.proxy.Reset()
	result, err := d.run()
	if err != nil {
		t.Fatalf("again, without trouble: %v\n%s", err, d.log)
	}
	if d.options.NoOp {
		return
	}
	if d.options.InPlace { // which leaves it to the next run to bring the stack up to the code
		d.options.InPlace = false
		result = d.must()
	}
	for what := range d.left() {
		if !strings.HasPrefix(what, "bucket") {
			t.Errorf("again, without trouble: %s is left", what)
		}
	}
	if !strings.HasSuffix(result.Status, "E_COMPLETE") || strings.Contains(result.Status, "ROLLBACK") {
		t.Errorf("again, without trouble: %+v", result)
	}
	if unchanged, err := d.run(); err != nil || unchanged.Changed {
		t.Errorf("a third time: %+v, %v, want no change", unchanged, err)
	}
}

// pointer is what a value without a text prints as; a request id may hold "0x" within a word.
var pointer = regexp.MustCompile(`\b0x[0-9a-f]+\b`)

// judge checks that an error is one and clear.
func (c spoiltCall) judge(t *testing.T, err error, trouble trouble) {
	t.Helper()
	text := err.Error()
	if lines := strings.Count(text, "\n"); lines > 2 {
		t.Errorf("an error of %d lines:\n%s", lines+1, text)
	}
	for _, noise := range []string{"caused by", "status code:", "RequestError: send request failed", "%!"} {
		if strings.Contains(text, noise) {
			t.Errorf("an error with %q in it: %s", noise, text)
		}
	}
	if pointer.MatchString(text) {
		t.Errorf("an error with a pointer in it: %s", text)
	}
	if trouble.kind == testaws.Page && !strings.Contains(text, "check the network, its proxy and the endpoint") {
		t.Errorf("an error that does not name the network: %s", text)
	}
	if trouble.kind != testaws.AccessDenied {
		return
	}
	want := c.Service + ":" + c.action() + " is denied to arn:aws:"
	if c.Operation == "GetCallerIdentity" { // which is how to find out who that is
		want = "sts:GetCallerIdentity is denied to the caller: AccessDenied: User: arn:aws:"
	}
	if !strings.Contains(text, want) {
		t.Errorf("denied %s: %s, want %s…", c.Call, text, want)
	}
}

// action is the one that a policy has to allow for the call.
func (c spoiltCall) action() string {
	switch c.Operation {
	case "HeadBucket":
		return "ListBucket"
	case "HeadObject":
		return "GetObject"
	case "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload":
		return "PutObject"
	}
	return strings.NewReplacer(
		"GetBucketEncryption", "GetEncryptionConfiguration", "PutBucketEncryption", "PutEncryptionConfiguration",
		"BucketLifecycleConfiguration", "LifecycleConfiguration", "PublicAccessBlock", "BucketPublicAccessBlock",
	).Replace(c.Operation)
}

// left is what is in the account beside stacks that are whole, with the names by which a user would know it.
func (d *deployment) left() map[string]string {
	d.t.Helper()
	left := map[string]string{}
	ctx, cfg := d.t.Context(), d.account.Config(d.t)
	stacks := cloudformation.NewFromConfig(cfg)
	described, err := stacks.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, stack := range described.Stacks {
		if status := stack.StackStatus; status == "REVIEW_IN_PROGRESS" {
			left["stack "+*stack.StackName+" "+string(status)] = "stack " + *stack.StackName + " is left behind"
		}
		sets, err := stacks.ListChangeSets(ctx, &cloudformation.ListChangeSetsInput{StackName: stack.StackId})
		if err != nil {
			d.t.Fatal(err)
		}
		for _, set := range sets.Summaries {
			left["change set "+*set.ChangeSetName] = *set.ChangeSetName
		}
	}
	store := s3.NewFromConfig(cfg)
	buckets, err := store.ListBuckets(ctx, &s3.ListBucketsInput{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, bucket := range buckets.Buckets {
		if *bucket.Name != d.options.S3Bucket {
			left["bucket "+*bucket.Name] = *bucket.Name
		}
		uploads, err := store.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: bucket.Name})
		if err != nil {
			d.t.Fatal(err)
		}
		for _, upload := range uploads.Uploads {
			input := &s3.ListPartsInput{Bucket: bucket.Name, Key: upload.Key, UploadId: upload.UploadId}
			parts, err := store.ListParts(ctx, input)
			if err != nil {
				d.t.Fatal(err)
			}
			if len(parts.Parts) > 0 { // none is what remains where the answer to the beginning was lost
				left["parts of "+*upload.Key] = *upload.UploadId
			}
		}
	}
	return left
}

// TestAnInterruptedRunSaysThatCloudFormationContinues cancels while CloudFormation works.
func TestAnInterruptedRunSaysThatCloudFormationContinues(t *testing.T) {
	d := newDeployment(t)
	d.options.Tags = map[string]string{"testaws:polls": "2"}
	err := d.do(func(ctx context.Context, session provision.SessionOptions) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		go func() {
			for ctx.Err() == nil && !strings.Contains(d.log.String(), "CREATE_IN_PROGRESS") {
				time.Sleep(50 * time.Millisecond)
			}
			cancel()
		}()
		_, err := d.provision(ctx, session)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "CloudFormation continues") ||
		!strings.Contains(err.Error(), "cgo:status") {
		t.Errorf("error %v, want that CloudFormation continues and how to check", err)
	}
	// The next run waits for the creation, and then finds nothing to do.
	if result := d.must(); result.Changed || result.Status != "CREATE_COMPLETE" {
		t.Errorf("again: %+v, want the stack that CloudFormation finished meanwhile", result)
	}
}
