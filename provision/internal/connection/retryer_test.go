//go:build go1.25

package connection

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

const stsAnswer = "<R><GetCallerIdentityResult><Account>123456789012</Account>" +
	"<Arn>arn:aws:iam::123456789012:user/me</Arn></GetCallerIdentityResult></R>"

func TestRequestsAreRepeated(t *testing.T) {
	stsError := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write(
				[]byte(
					"<ErrorResponse><Error><Code>" + code +
						"</Code><Message>so</Message></Error><RequestId>r</RequestId></ErrorResponse>"))
		}
	}
	tests := map[string]struct {
		fault http.HandlerFunc
		times int32 // how often a request that is always spoilt is sent
	}{
		"throttled":           {stsError(400, "Throttling"), 9},
		"throttled by status": {stsError(429, "Odd"), 9},
		"a failure of AWS":    {stsError(500, "InternalFailure"), 9},
		"a page of a load balancer": {
			func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusServiceUnavailable) }, 9,
		},
		"a lost connection": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 9},
		"a cut answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = w.Write([]byte(stsAnswer[:40]))
		}, 9},
		"a cut refusal": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte("<ErrorResponse><Error><Co"))
		}, 9},
		"a reset connection": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			testnet.Reset(conn)
		}, 9},
		"silence":                              {testaws.Silence, 2},
		"a denial":                             {stsError(403, "AccessDenied"), 1},
		"a bad request":                        {stsError(400, "ValidationError"), 1},
		"something that does not exist":        {stsError(404, "NotFound"), 1},
		"an operation that is not implemented": {stsError(501, "NotImplemented"), 1},
		"unknown credentials":                  {stsError(403, "InvalidClientTokenId"), 1},
		"expired credentials":                  {stsError(403, "ExpiredToken"), 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			testnet.Bubble(t, func(t *testing.T) {
				var sent, spoilt atomic.Int32
				cfg := testConfig(t, func(w http.ResponseWriter, r *http.Request) {
					_ = r.ParseForm() // or the server does not notice that the client is gone
					if sent.Add(1) <= spoilt.Load() {
						test.fault(w, r)
						return
					}
					_, _ = w.Write([]byte(stsAnswer))
				}, "eu-west-1", testaws.Log(t))
				spoilt.Store(1)
				if _, err := CallerIdentity(t.Context(), cfg); (err == nil) != (test.times > 1) {
					t.Errorf("after one of them the error is %v", err)
				}
				sent.Store(0)
				spoilt.Store(1 << 20)
				if _, err := CallerIdentity(t.Context(), cfg); err == nil || sent.Load() != test.times {
					t.Errorf("it was sent %d times, want %d; error is %v", sent.Load(), test.times, err)
				}
			})
		})
	}
}

func TestTheFirstRetryIsALine(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		var written bytes.Buffer
		log := testaws.Log(t)
		log.Out, log.Level = &written, logrus.InfoLevel
		faults := 3
		cfg := testConfig(t, func(w http.ResponseWriter, _ *http.Request) {
			if faults--; faults >= 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			_, _ = w.Write([]byte(stsAnswer))
		}, "eu-west-1", log)
		if _, err := CallerIdentity(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
		got := written.String()
		if strings.Count(got, "\n") != 1 ||
			!strings.Contains(got, "AWS request GetCallerIdentity failed, trying again") {
			t.Errorf("log is %q, want one line about three repetitions", got)
		}
	})
}

func TestTheLastErrorIsReportedBeforeTheTimeIsOver(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		cfg := testConfig(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write(
				[]byte("<ErrorResponse><Error><Code>Throttling</Code><Message>Rate " +
					"exceeded</Message></Error></ErrorResponse>"))
		}, "eu-west-1", testaws.Log(t))
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		_, err := CallerIdentity(ctx, cfg)
		if ctx.Err() != nil || !IsThrottled(err) || !strings.Contains(err.Error(), "Rate exceeded") ||
			errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v (context: %v), want that it was throttled", err, ctx.Err())
		}
	})
}

func TestDelaysGrowToALimit(t *testing.T) {
	tests := map[string]struct {
		err         error
		attempts    int
		least, most time.Duration
	}{
		"first failure":  {failure(500, "InternalError", ""), 1, 100 * time.Millisecond, 200 * time.Millisecond},
		"third failure":  {failure(500, "InternalError", ""), 3, 400 * time.Millisecond, 800 * time.Millisecond},
		"last failure":   {failure(500, "InternalError", ""), 9, 5 * time.Second, 10 * time.Second},
		"first throttle": {failure(400, "Throttling", ""), 1, 500 * time.Millisecond, time.Second},
		"last throttle":  {failure(400, "Throttling", ""), 9, 10 * time.Second, 20 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, mode := range []aws.RetryMode{"", aws.RetryModeStandard, aws.RetryModeAdaptive} {
				r := newRetryers(mode)()
				for range 100 {
					got, err := r.RetryDelay(test.attempts, test.err)
					if err != nil || got < test.least || got > test.most ||
						got > longestDelay(test.attempts, test.err) {
						t.Fatalf("mode %q: delay is %v (error %v), want %v to %v", mode, got, err, test.least,
							test.most)
					}
				}
			}
		})
	}
}

func TestMaxAttemptsFromTheEnvironment(t *testing.T) {
	for variable, want := range map[string]int32{"": maxAttempts, "2": 2} {
		testnet.Bubble(t, func(t *testing.T) {
			testaws.ClearEnvironment(t)
			t.Setenv("AWS_MAX_ATTEMPTS", variable)
			var sent atomic.Int32
			cfg := signedConfig(t, func(w http.ResponseWriter, _ *http.Request) {
				sent.Add(1)
				w.WriteHeader(http.StatusServiceUnavailable)
			}, "eu-west-1", testaws.Log(t))
			if _, err := CallerIdentity(t.Context(), cfg); err == nil || sent.Load() != want {
				t.Errorf("AWS_MAX_ATTEMPTS=%s: sent %d times, want %d (error %v)", variable, sent.Load(), want, err)
			}
		})
	}
}
