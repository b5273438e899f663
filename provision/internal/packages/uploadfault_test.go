//go:build go1.25

package packages

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/go-sparta/sparta/internal/testnet"

	"github.com/go-sparta/sparta/internal/testaws"
)

func TestUploadWithFaults(t *testing.T) {
	answer := func(status int, code string) func(w http.ResponseWriter, r *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) { refuse(w, r, status, code) }
	}
	reset := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte("<Init"))
	}
	tests := map[string]struct {
		operation string
		times     int32 // 0: always
		fault     func(w http.ResponseWriter, r *http.Request)
		want      []string // of the error; none means success
	}{
		"throttled twice": {"PutObject", 2, answer(503, "SlowDown"), nil},
		"throttled for ever": {
			"PutObject",
			0,
			answer(503, "SlowDown"),
			[]string{"upload s3://mine/hello/", "s3:PutObject", "throttles"},
		},
		"500 twice": {"UploadPart", 2, answer(500, "InternalError"), nil},
		"500 for ever": {
			"UploadPart",
			0,
			answer(500, "InternalError"),
			[]string{"InternalError", "AWS had an internal failure"},
		},
		"reset once":            {"UploadPart", 1, reset, nil},
		"reset for ever":        {"PutObject", 0, reset, []string{"s3:PutObject", "check the network"}},
		"the response cut once": {"CreateMultipartUpload", 1, cut, nil},
		"the response cut for ever": {
			"CreateMultipartUpload", 0, cut, []string{"s3:PutObject", "unexpected EOF"},
		},
		"a hang": {"UploadPart", 1, testaws.Silence, nil},
		"hanging for ever": {
			"PutObject", 0, testaws.Silence, []string{"was silent for 3m0s", "check the network"},
		},
		"denied": {
			"PutObject",
			0,
			answer(403, "AccessDenied"),
			[]string{
				"s3:PutObject is denied to arn:aws:iam::123456789012:user/tester",
				"AccessDenied: it is so (request REQ1)",
			},
		},
		"denied in parts": {
			"UploadPart",
			0,
			answer(403, "AccessDenied"),
			[]string{"s3:PutObject is denied to arn:aws:iam::123456789012:user/tester"},
		},
		"looking is denied, uploading works": {"HeadObject", 0, answer(403, "AccessDenied"), nil},
		"looking fails": {
			"HeadObject",
			0,
			answer(500, "InternalError"),
			[]string{"look for s3://mine/hello/", "s3:GetObject", "AWS had an internal failure"},
		},
		"the end is denied": {
			"CompleteMultipartUpload", 0, answer(403, "AccessDenied"), []string{"s3:PutObject is denied"},
		},
		"expired credentials": {
			"PutObject", 0, answer(400, "ExpiredToken"), []string{"the credentials have expired"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				fake, bucket, s := openMine(t)
				var faults atomic.Int32
				fake.spoil(func(operation string, w http.ResponseWriter, r *http.Request) bool {
					if operation != test.operation || test.times > 0 && faults.Add(1) > test.times {
						return false
					}
					test.fault(w, r)
					return true
				})
				size := 1000
				if strings.Contains(test.operation, "Part") || strings.Contains(test.operation, "Multipart") {
					size = partSize + 1
				}
				pkg, content := zipOf(t, size)
				uploaded, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256)
				if test.want == nil && (err != nil || !uploaded) {
					t.Fatalf("uploaded is %v, error %v", uploaded, err)
				}
				for _, want := range test.want {
					if err == nil || !strings.Contains(err.Error(), want) {
						t.Errorf("error is %v, want it to say %q", err, want)
					}
				}
				if err != nil && (strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "canary")) {
					t.Errorf("error is %q", err)
				}
				if len(bucket.parts) > 0 {
					t.Error("parts are left behind")
				}
				fake.spoil(nil) // run again, it converges
				if _, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256); err != nil {
					t.Error(err)
				}
				if !bytes.Equal(bucket.objects["hello/"+pkg.SHA256+".zip"].body, content) {
					t.Error("what is there is not the package")
				}
			})
		})
	}
}

func TestACancelledUploadLeavesNoParts(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		fake, bucket, s := openMine(t)
		ctx, cancel := context.WithCancel(t.Context())
		fake.spoil(func(operation string, _ http.ResponseWriter, r *http.Request) bool {
			if operation != "UploadPart" {
				return false
			}
			_, _ = io.Copy(io.Discard, r.Body)
			cancel()
			<-r.Context().Done()
			return true
		})
		pkg, _ := zipOf(t, partSize+1)
		_, err := s.Upload(ctx, "hello", pkg.Zip, pkg.SHA256)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v, want that it was cancelled", err)
		}
		if fake.seen("AbortMultipartUpload") != 1 || len(bucket.parts) > 0 {
			t.Errorf("requests were %v, parts are left: %d", fake.requests, len(bucket.parts))
		}
	})
}

func TestPartsThatCannotBeDeletedAreNamed(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		fake, _, s := openMine(t)
		var log bytes.Buffer
		s.log.Out = &log
		fake.spoil(func(operation string, w http.ResponseWriter, r *http.Request) bool {
			if operation == "UploadPart" || operation == "AbortMultipartUpload" {
				refuse(w, r, 403, "AccessDenied")
				return true
			}
			return false
		})
		pkg, _ := zipOf(t, partSize+1)
		if _, err := s.Upload(t.Context(), "hello", pkg.Zip, pkg.SHA256); err == nil {
			t.Fatal("no error")
		}
		if got := log.String(); !strings.Contains(got, "upload-1") ||
			!strings.Contains(got, "s3:AbortMultipartUpload is denied") {
			t.Errorf("log is %s, want it to name what is left", got)
		}
	})
}
