//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/ec2metadata"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/sts"
	"github.com/sirupsen/logrus"
)

func TestSilenceEndsARequest(t *testing.T) {
	const patience = 200 * time.Millisecond
	slowly := func(w io.Writer, flush func()) {
		for range 6 { // longer than the patience in all
			time.Sleep(patience / 4)
			_, _ = w.Write([]byte("x"))
			flush()
		}
	}
	tests := map[string]struct {
		serve http.HandlerFunc
		body  func() io.Reader
		hangs bool
	}{
		"an answer at once is one": {serve: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("xxxxxx")) }},
		"no answer is a hang":      {serve: hang, hangs: true},
		"half an answer is a hang": {serve: func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("xxx"))
			w.(http.Flusher).Flush()
			hang(w, r)
		}, hangs: true},
		"a slow answer is one": {serve: func(w http.ResponseWriter, _ *http.Request) { slowly(w, w.(http.Flusher).Flush) }},
		"a slow upload is one": {
			serve: func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = w.Write([]byte("xxxxxx"))
			},
			body: func() io.Reader {
				reader, writer := io.Pipe()
				go func() {
					slowly(writer, func() {})
					_ = writer.Close()
				}()
				return reader
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.serve)
			defer server.Close()
			var body io.Reader
			if test.body != nil {
				body = test.body()
			}
			ctx := context.WithValue(t.Context(), PatienceKey{}, patience)
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL, body)
			if err != nil {
				t.Fatal(err)
			}
			var answer []byte
			response, err := watchful{http.DefaultTransport}.RoundTrip(r)
			if err == nil {
				answer, err = io.ReadAll(response.Body)
				_ = response.Body.Close()
			}
			var hung *hungError
			if test.hangs != errors.As(err, &hung) || !test.hangs && string(answer) != "xxxxxx" {
				t.Errorf("answer is %q, error %v; hang wanted: %v", answer, err, test.hangs)
			}
		})
	}
}

func TestTheEndOfTheContextIsNoHang(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(hang))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := CallerIdentity(ctx, testSession(t, server.URL, "eu-west-1", testLog(t)))
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "sts:GetCallerIdentity") {
		t.Errorf("error is %v, want that the time was over and for what", err)
	}
}

func TestPatienceIsTheOperations(t *testing.T) {
	sess := testSession(t, "http://localhost:1", "eu-west-1", testLog(t))
	identity, _ := sts.New(sess).GetCallerIdentityRequest(nil)
	put, _ := s3.New(sess).PutObjectRequest(&s3.PutObjectInput{Bucket: aws.String("mine"), Key: aws.String("key")})
	part, _ := s3.New(sess).UploadPartRequest(&s3.UploadPartInput{Bucket: aws.String("mine"), Key: aws.String("key")})
	invoke, _ := lambda.New(sess).InvokeRequest(&lambda.InvokeInput{FunctionName: aws.String("hello")})
	metadata := *identity
	metadata.ClientInfo.ServiceName = ec2metadata.ServiceName
	handler := patienceHandler()
	for name, test := range map[string]struct {
		r    *request.Request
		want time.Duration
	}{
		"identity": {identity, time.Minute}, "metadata": {&metadata, time.Second}, "put": {put, 3 * time.Minute},
		"part": {part, 3 * time.Minute}, "invoke": {invoke, 16 * time.Minute},
	} {
		handler.Fn(test.r)
		if got := test.r.HTTPRequest.Context().Value(PatienceKey{}); got != test.want {
			t.Errorf("patience with %s is %v, want %v", name, got, test.want)
		}
	}
}

func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amz-Request-Id", "REQ7")
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte("<ErrorResponse><Error><Code>ValidationError</Code><Message>canary</Message></Error><RequestId>REQ8</RequestId></ErrorResponse>"))
		}
	}))
	defer server.Close()
	log := testLog(t)
	var written bytes.Buffer
	log.Out = &written
	sess := testSession(t, server.URL, "eu-west-1", log)
	_, err := s3.New(sess).PutObject(&s3.PutObjectInput{
		Bucket: aws.String("mine"), Key: aws.String("key"), Body: strings.NewReader("BODYcanary"),
		Metadata: map[string]*string{"m": aws.String("METAcanary")},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = sts.New(sess).AssumeRole(&sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::1:role/rolename"), RoleSessionName: aws.String("canary"), TokenCode: aws.String("999canary")})
	if err == nil {
		t.Fatal("no error")
	}
	got := written.String()
	for _, want := range []string{
		"AWS request PutObject", "method=PUT", "service=s3", "status=200", "requestId=REQ7", "duration=",
		"AWS request AssumeRole", "method=POST", "service=sts", "status=400", "requestId=REQ8", "code=ValidationError",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("log is %s, want %s in it", got, want)
		}
	}
	if strings.Contains(got, "canary") {
		t.Errorf("a secret is in the log: %s", got)
	}
	written.Reset()
	log.Level = logrus.InfoLevel
	_, _ = sts.New(sess).GetCallerIdentity(nil)
	if written.Len() > 0 {
		t.Errorf("log is %s, want none at this level", written.String())
	}
}
