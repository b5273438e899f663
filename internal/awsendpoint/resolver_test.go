//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package awsendpoint

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go/service/iam"
	"github.com/aws/aws-sdk-go/service/s3"
)

func newSession(t *testing.T, region string) *session.Session {
	t.Helper()
	config := aws.Config{
		Region:      aws.String(region),
		MaxRetries:  aws.Int(0),
		Credentials: credentials.NewStaticCredentials("id", "secret", ""),
	}
	if err := Configure(&config); err != nil {
		t.Fatal(err)
	}
	sess, err := session.NewSessionWithOptions(session.Options{
		Config:            config,
		SharedConfigState: session.SharedConfigDisable,
	})
	if err != nil {
		t.Fatal(err)
	}
	return sess
}

func TestRequestsGoToTheEndpointAndAreSignedAsAWSs(t *testing.T) {
	clean(t)
	var path, authorization string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		path, authorization = r.URL.Path, r.Header.Get("Authorization")
	}))
	defer server.Close()
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	sess := newSession(t, "eu-west-1")
	tests := map[string]struct {
		send  func() error
		path  string
		scope string
	}{
		"a bucket is part of the path": {path: "/hello", scope: "/eu-west-1/s3/", send: func() error {
			_, err := s3.New(sess).HeadBucket(&s3.HeadBucketInput{Bucket: aws.String("hello")})
			return err
		}},
		"the service is the endpoint's": {path: "/", scope: "/eu-west-1/logs/", send: func() error {
			input := &cloudwatchlogs.DeleteLogGroupInput{LogGroupName: aws.String("hello")}
			_, err := cloudwatchlogs.New(sess).DeleteLogGroup(input)
			return err
		}},
		"a global service keeps its region": {path: "/", scope: "/us-east-1/iam/", send: func() error {
			_, err := iam.New(sess).DeleteRole(&iam.DeleteRoleInput{RoleName: aws.String("hello")})
			return err
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path, authorization = "", ""
			if err := test.send(); err != nil {
				t.Fatal(err)
			}
			if path != test.path || !strings.Contains(authorization, test.scope) {
				t.Errorf("path is %s and authorization %s, want %s and %s", path, authorization, test.path, test.scope)
			}
		})
	}
}

func TestBucketsAreHostsWhereTheEndpointHasADomain(t *testing.T) {
	for endpoint, want := range map[string]string{
		"":                                     "https://hello.s3.eu-west-1.amazonaws.com/key",
		"https://s3.example.com":               "https://hello.s3.example.com/key",
		"http://s3.localhost.localstack.cloud": "http://hello.s3.localhost.localstack.cloud/key",
		"http://localhost:5000":                "http://localhost:5000/hello/key",
		"http://minio:9000":                    "http://minio:9000/hello/key",
		"http://127.0.0.1:5000/":               "http://127.0.0.1:5000/hello/key",
		"http://[::1]:5000":                    "http://[::1]:5000/hello/key",
		"https://vpce.example.com/s3":          "https://hello.vpce.example.com/s3/key",
	} {
		clean(t)
		t.Setenv("AWS_ENDPOINT_URL_S3", endpoint)
		input := &s3.GetObjectInput{Bucket: aws.String("hello"), Key: aws.String("key")}
		request, _ := s3.New(newSession(t, "eu-west-1")).GetObjectRequest(input)
		if err := request.Build(); err != nil {
			t.Fatal(err)
		}
		if got := request.HTTPRequest.URL.String(); got != want {
			t.Errorf("with endpoint %q the object is %s, want %s", endpoint, got, want)
		}
	}
}

func TestConfigureReturnsTheErrorOfAnyService(t *testing.T) {
	clean(t)
	t.Setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "localhost:5000")
	err := Configure(&aws.Config{})
	if err == nil || !strings.Contains(err.Error(), "AWS_ENDPOINT_URL_SECRETS_MANAGER") {
		t.Errorf("error is %v, want one that names the variable", err)
	}
}
