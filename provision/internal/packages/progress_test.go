//go:build go1.25

package packages

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testnet"
)

func TestProgress(t *testing.T) {
	for name, test := range map[string]struct {
		bar  bool
		err  error
		want []string
		not  []string
	}{
		"elsewhere it is a line before and after": {
			want: []string{"msg=Uploading", "msg=Uploaded", "bytes=100", `to="s3://mine/x"`, "duration="},
			not:  []string{"\r", "%"},
		},
		"of a failure only the line before": {
			err:  errors.New("x"),
			want: []string{"msg=Uploading"},
			not:  []string{"msg=Uploaded"},
		},
		"on a terminal it is a bar": {
			bar:  true,
			want: []string{"\r", "40%", "99%", "msg=Uploaded"},
			not:  []string{"msg=Uploading"},
		},
		"of a failure the bar is taken away": {
			bar:  true,
			err:  errors.New("x"),
			want: []string{"40%"},
			not:  []string{"msg="},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			log := logrus.New()
			log.Out = &out
			p := newProgress(log, "s3://mine/x", 100, test.bar)
			for range 2 { // the library draws at most ten times a second
				p.add(20)
				time.Sleep(120 * time.Millisecond)
			}
			p.add(60)
			p.add(-60) // a part is sent again
			p.add(60)
			p.end(test.err)
			for _, want := range test.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("it is %q, want %q in it", out.String(), want)
				}
			}
			for _, not := range test.not {
				if strings.Contains(out.String(), not) {
					t.Errorf("it is %q, want no %q in it", out.String(), not)
				}
			}
		})
	}
}

func TestWhatAFailedAttemptSentDoesNotCount(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		fake, _, s := openMine(t)
		failures := 0
		fake.spoil(func(_ string, w http.ResponseWriter, r *http.Request) bool {
			if failures++; failures > 2 {
				return false
			}
			_, _ = io.Copy(io.Discard, r.Body)
			refuse(w, r, 500, "InternalError")
			return true
		})
		p := newProgress(s.log, "x", 1000, false)
		input := &s3.PutObjectInput{
			Bucket: aws.String("mine"), Key: aws.String("key"), Body: bytes.NewReader(make([]byte, 1000)),
		}
		if _, err := s.api.PutObject(t.Context(), input, p.follow); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the transport may still be reading the end of the body
		if p.sent != 1000 {
			t.Errorf("%d bytes are counted, want 1000", p.sent)
		}
	})
}
