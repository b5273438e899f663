//go:build go1.25

package connection

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

func TestSilenceEndsARequest(t *testing.T) {
	const timeout = defaultIdleTimeout
	slowly := func(w io.Writer, flush func()) {
		for range 6 { // longer than the timeout in all
			time.Sleep(timeout / 4)
			_, _ = w.Write([]byte("x"))
			flush()
		}
	}
	tests := map[string]struct {
		serve http.HandlerFunc
		body  func() io.Reader
		idle  bool
	}{
		"an answer at once": {serve: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("xxxxxx")) }},
		"no answer":         {serve: testaws.Silence, idle: true},
		"half an answer": {serve: func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("xxx"))
			w.(http.Flusher).Flush()
			testaws.Silence(w, r)
		}, idle: true},
		"a slow answer": {serve: func(w http.ResponseWriter, _ *http.Request) { slowly(w, w.(http.Flusher).Flush) }},
		"a slow upload": {
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
			testnet.Bubble(t, func(t *testing.T) {
				var body io.Reader
				if test.body != nil {
					body = test.body()
				}
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, testEndpoint, body)
				if err != nil {
					t.Fatal(err)
				}
				var answer []byte
				response, err := idleTimeoutClient{newHTTPClient(testnet.To(test.serve))}.Do(r)
				if err == nil {
					answer, err = io.ReadAll(response.Body)
					_ = response.Body.Close()
				}
				var idle *idleTimeoutError
				if test.idle != errors.As(err, &idle) || !test.idle && string(answer) != "xxxxxx" {
					t.Errorf("answer is %q, error %v; idle timeout wanted: %v", answer, err, test.idle)
				}
			})
		})
	}
}

func TestTheEndOfTheContextIsNotAnIdleTimeout(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Second)
		defer cancel()
		_, err := CallerIdentity(ctx, testConfig(t, testaws.Silence, "eu-west-1", testaws.Log(t)))
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "sts:GetCallerIdentity") {
			t.Errorf("error is %v, want that the time was over and for what", err)
		}
	})
}

func TestIdleTimeoutsOfOperations(t *testing.T) {
	for operation, want := range map[string]time.Duration{
		"GetCallerIdentity": time.Minute, "PutObject": 3 * time.Minute, "UploadPart": 3 * time.Minute,
		"Invoke": 16 * time.Minute,
	} {
		if got := withIdleTimeout(t.Context(), operation).Value(idleTimeoutKey{}); got != want {
			t.Errorf("timeout with %s is %v, want %v", operation, got, want)
		}
	}
}

func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	serve := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amz-Request-Id", "REQ7")
		if r.Method == http.MethodPost {
			w.Header().Set("X-Amzn-Requestid", "REQ8")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `<ErrorResponse>
				<Error><Code>ValidationError</Code><Message>canary</Message></Error>
				<RequestId>REQ8</RequestId>
			</ErrorResponse>`)
		}
	}
	log := testaws.Log(t)
	var written bytes.Buffer
	log.Out = &written
	cfg := testConfig(t, serve, "eu-west-1", log)
	_, err := s3.NewFromConfig(cfg).PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String("mine"), Key: aws.String("key"), Body: strings.NewReader("BODYcanary"),
		Metadata: map[string]string{"m": "METAcanary"},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = sts.NewFromConfig(cfg).AssumeRole(t.Context(),
		&sts.AssumeRoleInput{
			RoleArn: aws.String("arn:aws:iam::1:role/rolename"), RoleSessionName: aws.String("canary"),
			TokenCode: aws.String("999canary"),
		})
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
	_, _ = sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), nil)
	if written.Len() > 0 {
		t.Errorf("log is %s, want none at this level", written.String())
	}
}
