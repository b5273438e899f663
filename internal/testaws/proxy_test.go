//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package testaws_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/cloudformation"
	"github.com/aws/aws-sdk-go/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/sts"

	"github.com/go-sparta/sparta/internal/testaws"
)

// upstream counts the requests that reach it and answers each with a document that suits the service.
func upstream(t *testing.T) (url string, reached *atomic.Int64) {
	t.Helper()
	reached = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		if r.Method == http.MethodHead || r.Method == http.MethodPut && !strings.Contains(r.URL.Path, "/functions/") {
			return // as S3 does
		}
		authorization := r.Header.Get("Authorization")
		if strings.Contains(authorization, "/lambda/") || strings.Contains(authorization, "/logs/") {
			io.WriteString(w, `{}`)
			return
		}
		io.WriteString(w, `<?xml version="1.0"?><Response></Response>`)
	}))
	t.Cleanup(server.Close)
	return server.URL, reached
}

func proxied(t *testing.T) (*testaws.Proxy, *session.Session, *atomic.Int64) {
	t.Helper()
	url, reached := upstream(t)
	proxy := testaws.NewProxy(t, url)
	sess, err := session.NewSession(&aws.Config{
		Region: aws.String("us-east-1"), Endpoint: &proxy.URL, S3ForcePathStyle: aws.Bool(true), MaxRetries: aws.Int(0),
		Credentials: credentials.NewStaticCredentials("AKIA000000001234TEST", "secret", ""),
	})
	if err != nil {
		t.Fatal(err)
	}
	return proxy, sess, reached
}

// calls make one request each, by service:Operation.
func calls(sess *session.Session) map[string]func(context.Context) error {
	bucket, key, name := aws.String("bucket"), aws.String("k/e/y"), aws.String("f")
	store, functions, stacks := s3.New(sess), lambda.New(sess), cloudformation.New(sess)
	return map[string]func(context.Context) error{
		"s3:HeadBucket": func(ctx context.Context) error {
			_, err := store.HeadBucketWithContext(ctx, &s3.HeadBucketInput{Bucket: bucket})
			return err
		},
		"s3:PutObject": func(ctx context.Context) error {
			input := &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("12345")}
			_, err := store.PutObjectWithContext(ctx, input)
			return err
		},
		"s3:PutPublicAccessBlock": func(ctx context.Context) error {
			_, err := store.PutPublicAccessBlockWithContext(ctx, &s3.PutPublicAccessBlockInput{
				Bucket:                         bucket,
				PublicAccessBlockConfiguration: &s3.PublicAccessBlockConfiguration{},
			})
			return err
		},
		"s3:GetBucketVersioning": func(ctx context.Context) error {
			_, err := store.GetBucketVersioningWithContext(ctx, &s3.GetBucketVersioningInput{Bucket: bucket})
			return err
		},
		"s3:UploadPart": func(ctx context.Context) error {
			_, err := store.UploadPartWithContext(ctx, &s3.UploadPartInput{
				Bucket:     bucket,
				Key:        key,
				UploadId:   name,
				PartNumber: aws.Int64(1),
				Body:       strings.NewReader("123"),
			})
			return err
		},
		"s3:ListObjectsV2": func(ctx context.Context) error {
			_, err := store.ListObjectsV2WithContext(ctx, &s3.ListObjectsV2Input{Bucket: bucket})
			return err
		},
		"cloudformation:CreateChangeSet": func(ctx context.Context) error {
			input := &cloudformation.CreateChangeSetInput{StackName: name, ChangeSetName: name}
			_, err := stacks.CreateChangeSetWithContext(ctx, input)
			return err
		},
		"iam:GetRole": func(ctx context.Context) error {
			_, err := iam.New(sess).GetRoleWithContext(ctx, &iam.GetRoleInput{RoleName: name})
			return err
		},
		"sts:GetCallerIdentity": func(ctx context.Context) error {
			_, err := sts.New(sess).GetCallerIdentityWithContext(ctx, &sts.GetCallerIdentityInput{})
			return err
		},
		"lambda:UpdateFunctionCode": func(ctx context.Context) error {
			_, err := functions.UpdateFunctionCodeWithContext(ctx, &lambda.UpdateFunctionCodeInput{FunctionName: name})
			return err
		},
		"lambda:GetFunctionConfiguration": func(ctx context.Context) error {
			input := &lambda.GetFunctionConfigurationInput{FunctionName: name}
			_, err := functions.GetFunctionConfigurationWithContext(ctx, input)
			return err
		},
		"logs:FilterLogEvents": func(ctx context.Context) error {
			input := &cloudwatchlogs.FilterLogEventsInput{LogGroupName: name}
			_, err := cloudwatchlogs.New(sess).FilterLogEventsWithContext(ctx, input)
			return err
		},
	}
}

func TestTheProxyNamesEachCall(t *testing.T) {
	proxy, sess, reached := proxied(t)
	for name, call := range calls(sess) {
		proxy.Reset()
		before := reached.Load()
		if err := call(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := proxy.Calls()
		if len(got) != 1 || got[0].String() != name || got[0].Status != 200 || got[0].Fault != "" {
			t.Errorf("%s was recorded as %+v", name, got)
		}
		if requests := reached.Load() - before; requests != 1 {
			t.Errorf("%s reached the server %d times, want once", name, requests)
		}
	}
}

func TestTheProxyCountsBytesOfObjects(t *testing.T) {
	proxy, sess, _ := proxied(t)
	all := calls(sess)
	for _, name := range []string{
		"s3:PutObject", "s3:UploadPart", "s3:PutPublicAccessBlock", "cloudformation:CreateChangeSet",
	} {
		if err := all[name](t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := proxy.Uploaded(); got != 5+3 {
		t.Errorf("Uploaded() = %d, want 8: the object and the part, no other body", got)
	}
}

func TestEachServiceRefusesInItsOwnWay(t *testing.T) {
	codes := map[testaws.Kind]map[string]string{
		testaws.Throttle: {
			"s3":             "SlowDown",
			"cloudformation": "Throttling",
			"iam":            "Throttling",
			"sts":            "Throttling",
			"lambda":         "TooManyRequestsException",
			"logs":           "ThrottlingException",
		},
		testaws.ServerError: {
			"s3":             "InternalError",
			"cloudformation": "InternalFailure",
			"iam":            "InternalFailure",
			"sts":            "InternalFailure",
			"lambda":         "ServiceException",
			"logs":           "InternalFailure",
		},
		testaws.AccessDenied: {
			"s3":             "AccessDenied",
			"cloudformation": "AccessDenied",
			"iam":            "AccessDenied",
			"sts":            "AccessDenied",
			"lambda":         "AccessDeniedException",
			"logs":           "AccessDeniedException",
		},
		testaws.Invalid: {
			"s3":             "InvalidArgument",
			"cloudformation": "ValidationError",
			"iam":            "ValidationError",
			"sts":            "ValidationError",
			"lambda":         "InvalidParameterValueException",
			"logs":           "InvalidParameterException",
		},
	}
	proxy, sess, reached := proxied(t)
	for kind, byService := range codes {
		for name, call := range calls(sess) {
			service, operation, _ := strings.Cut(name, ":")
			proxy.Reset()
			proxy.Break(testaws.Fault{Service: service, Operation: operation, Kind: kind, Message: "<what is wrong>"})
			err := call(t.Context())
			want := byService[service]
			if operation == "HeadBucket" { // which has no body to say it in
				want = map[testaws.Kind]string{
					testaws.Throttle:     "ServiceUnavailable",
					testaws.ServerError:  "InternalServerError",
					testaws.AccessDenied: "Forbidden",
					testaws.Invalid:      "BadRequest",
				}[kind]
			}
			if code(err) != want {
				t.Errorf("%s %s: %v, want code %s", name, kind, err, want)
			}
			message := map[testaws.Kind]string{
				testaws.AccessDenied: "arn:aws:iam::000000001234:user/tester is not authorized to perform: " + name,
				testaws.Invalid:      "<what is wrong>",
			}[kind]
			if operation != "HeadBucket" && !strings.Contains(fmt.Sprint(err), message) {
				t.Errorf("%s: %v, want the message %q", name, err, message)
			}
			if calls := proxy.Calls(); len(calls) != 1 || calls[0].Fault != kind {
				t.Errorf("%s %s was recorded as %+v", name, kind, calls)
			}
		}
	}
	if reached.Load() != 0 {
		t.Errorf("%d refused calls reached the server", reached.Load())
	}
}

func TestConnectionsBreak(t *testing.T) {
	tests := map[testaws.Kind]struct {
		reaches int64
		text    string
	}{
		testaws.Reset: {0, `connection reset`},
		testaws.Cut:   {1, `EOF|connection broken`},
	}
	proxy, sess, reached := proxied(t)
	for kind, test := range tests {
		for name, call := range calls(sess) {
			service, operation, _ := strings.Cut(name, ":")
			before := reached.Load()
			proxy.Reset()
			proxy.Break(testaws.Fault{Service: service, Operation: operation, Kind: kind})
			err := call(t.Context())
			if err == nil || !regexp.MustCompile(test.text).MatchString(err.Error()) {
				t.Errorf("%s %s: %v, want %s", name, kind, err, test.text)
			}
			if got := reached.Load() - before; got != test.reaches {
				t.Errorf("%s %s: %d calls reached the server, want %d", name, kind, got, test.reaches)
			}
		}
	}
}

func TestAHangLastsAsLongAsTheCallerWaits(t *testing.T) {
	proxy, sess, reached := proxied(t)
	proxy.Break(testaws.Fault{Service: "sts", Operation: "GetCallerIdentity", Kind: testaws.Hang})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- calls(sess)["sts:GetCallerIdentity"](ctx) }()
	for len(proxy.Calls()) == 0 {
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Fatalf("the caller waits no longer: %v", err)
	case <-time.After(50 * time.Millisecond): // for an answer that must not come
	}
	cancel()
	if err := <-ended; err == nil || reached.Load() != 0 {
		t.Errorf("error %v, %d requests reached the server", err, reached.Load())
	}
}

func TestAFaultSpoilsTheCallsItNames(t *testing.T) {
	tests := map[string]struct {
		fault testaws.Fault
		want  string // of five calls, x is a spoilt one
	}{
		"all of them":              {testaws.Fault{}, "xxxxx"},
		"the first two":            {testaws.Fault{Times: 2}, "xx..."},
		"the third":                {testaws.Fault{Occurrence: 3, Times: 1}, "..x.."},
		"all from the fourth":      {testaws.Fault{Occurrence: 4}, "...xx"},
		"none of another kind":     {testaws.Fault{Operation: "AssumeRole"}, "....."},
		"none of another service":  {testaws.Fault{Service: "iam"}, "....."},
		"two beginning with a 2nd": {testaws.Fault{Occurrence: 2, Times: 2}, ".xx.."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			proxy, sess, _ := proxied(t)
			fault := test.fault
			fault.Kind = testaws.ServerError
			if fault.Service == "" {
				fault.Service = "sts"
			}
			if fault.Operation == "" {
				fault.Operation = "GetCallerIdentity"
			}
			proxy.Break(fault)
			got := ""
			for range 5 {
				if calls(sess)["sts:GetCallerIdentity"](t.Context()) != nil {
					got += "x"
				} else {
					got += "."
				}
			}
			if got != test.want {
				t.Errorf("%s were spoilt, want %s", got, test.want)
			}
		})
	}
}

func TestOperationsAreListedOnce(t *testing.T) {
	proxy, sess, _ := proxied(t)
	all := calls(sess)
	for _, name := range []string{"iam:GetRole", "sts:GetCallerIdentity", "iam:GetRole"} {
		if err := all[name](t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(proxy.Operations()); got != "[iam:GetRole sts:GetCallerIdentity]" {
		t.Errorf("Operations() = %s", got)
	}
}
