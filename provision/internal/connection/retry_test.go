//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package connection

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/sirupsen/logrus"
)

const stsAnswer = "<R><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/me</Arn></GetCallerIdentityResult></R>"

func TestRequestsAreRepeated(t *testing.T) {
	stsError := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte("<ErrorResponse><Error><Code>" + code + "</Code><Message>so</Message></Error><RequestId>r</RequestId></ErrorResponse>"))
		}
	}
	tests := map[string]struct {
		fault http.HandlerFunc
		times int32 // how often a request that is always spoilt is sent
	}{
		"throttled":                {stsError(400, "Throttling"), 9},
		"throttled by status":      {stsError(429, "Odd"), 9},
		"a failure of AWS":         {stsError(500, "InternalFailure"), 9},
		"a page of a load balance": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>", http.StatusServiceUnavailable) }, 9},
		"a lost connection":        {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 9},
		"a cut answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			_, _ = w.Write([]byte(stsAnswer[:40]))
		}, 9},
		"a reset connection": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			type lingers interface{ SetLinger(int) error }
			_ = conn.(lingers).SetLinger(0)
			_ = conn.Close()
		}, 9},
		"silence":                {hang, 2},
		"a denial":               {stsError(403, "AccessDenied"), 1},
		"a bad request":          {stsError(400, "ValidationError"), 1},
		"what is not there":      {stsError(404, "NotFound"), 1},
		"what is not made":       {stsError(501, "NotImplemented"), 1},
		"credentials' last days": {stsError(403, "InvalidClientTokenId"), 1},
		"expired credentials":    {stsError(403, "ExpiredToken"), 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var sent, spoilt atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm() // or the server does not notice that the client is gone
				if sent.Add(1) <= spoilt.Load() {
					test.fault(w, r)
					return
				}
				_, _ = w.Write([]byte(stsAnswer))
			}))
			defer server.Close()
			sess := testSession(t, server.URL, "eu-west-1", testLog(t))
			ctx := context.WithValue(t.Context(), PatienceKey{}, 100*time.Millisecond)
			spoilt.Store(1)
			if _, err := CallerIdentity(ctx, sess); (err == nil) != (test.times > 1) {
				t.Errorf("after one of them the error is %v", err)
			}
			sent.Store(0)
			spoilt.Store(1 << 20)
			if _, err := CallerIdentity(ctx, sess); err == nil || sent.Load() != test.times {
				t.Errorf("it was sent %d times, want %d; error is %v", sent.Load(), test.times, err)
			}
		})
	}
}

// Credentials that can be renewed get one more try, and no more.
func TestExpiredCredentialsAreRenewedOnce(t *testing.T) {
	var sent atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		sent.Add(1)
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("<ErrorResponse><Error><Code>ExpiredToken</Code><Message>so</Message></Error></ErrorResponse>"))
	}))
	defer server.Close()
	sess := testSession(t, server.URL, "eu-west-1", testLog(t))
	provider := &countingProvider{}
	sess.Config.Credentials = credentials.NewCredentials(provider)
	_, err := CallerIdentity(t.Context(), sess)
	if sent.Load() != 2 || provider.count != 2 || err == nil || !strings.Contains(err.Error(), "the credentials have expired") {
		t.Errorf("sent %d times, credentials asked for %d times, error %v", sent.Load(), provider.count, err)
	}
}

func TestTheFirstRetryIsALine(t *testing.T) {
	faults := 3
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if faults--; faults >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(stsAnswer))
	}))
	defer server.Close()
	var written bytes.Buffer
	log := testLog(t)
	log.Out, log.Level = &written, logrus.InfoLevel
	if _, err := CallerIdentity(t.Context(), testSession(t, server.URL, "eu-west-1", log)); err != nil {
		t.Fatal(err)
	}
	if got := written.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "AWS request GetCallerIdentity failed, trying again") {
		t.Errorf("log is %q, want one line about three repetitions", got)
	}
}

// Pauses are a fraction of what they are in a hurry, those between attempts too.
func TestHurry(t *testing.T) {
	ctx := WithHurry(t.Context(), 1000)
	req := &request.Request{Error: awserr.New("Throttling", "", nil), RetryCount: 8, HTTPRequest: httptest.NewRequest(http.MethodGet, "/", nil), HTTPResponse: &http.Response{}}
	req.SetContext(ctx)
	if got := NewRetryer().RetryRules(req); got > 20*time.Millisecond {
		t.Errorf("delay is %v, want a thousandth of 20 s at most", got)
	}
	if got := hurried(ctx, time.Minute); got != 60*time.Millisecond {
		t.Errorf("pause is %v, want 60ms", got)
	}
	if got := hurried(t.Context(), time.Minute); got != time.Minute {
		t.Errorf("pause without a hurry is %v", got)
	}
}

func TestTheLastErrorIsToldBeforeTheTimeIsOver(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte("<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"))
	}))
	defer server.Close()
	sess := testSession(t, server.URL, "eu-west-1", testLog(t))
	sess.Config.Retryer = NewRetryer()
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	_, err := CallerIdentity(ctx, sess)
	if ctx.Err() != nil || !IsThrottled(err) || !strings.Contains(err.Error(), "Rate exceeded") || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v (context: %v), want that it was throttled", err, ctx.Err())
	}
}

func TestDelaysGrowToALimit(t *testing.T) {
	r := NewRetryer()
	tests := map[string]struct {
		err         error
		header      string // Retry-After
		status      int
		count       int
		least, most time.Duration
	}{
		"first failure":               {awserr.New("InternalError", "", nil), "", 500, 0, 100 * time.Millisecond, 200 * time.Millisecond},
		"third failure":               {awserr.New("InternalError", "", nil), "", 500, 2, 400 * time.Millisecond, 800 * time.Millisecond},
		"last failure":                {awserr.New("InternalError", "", nil), "", 500, 8, 5 * time.Second, 10 * time.Second},
		"first throttle":              {awserr.New("Throttling", "", nil), "", 400, 0, 500 * time.Millisecond, time.Second},
		"last throttle":               {awserr.New("Throttling", "", nil), "", 400, 8, 10 * time.Second, 20 * time.Second},
		"a server that wants an hour": {awserr.New("Throttling", "", nil), "3600", 429, 0, time.Second, time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			req := &request.Request{Error: test.err, RetryCount: test.count, HTTPResponse: &http.Response{StatusCode: test.status, Header: http.Header{"Retry-After": {test.header}}}}
			for range 100 {
				if got := r.RetryRules(req); got < test.least || got > test.most || got > r.longestDelay(req) {
					t.Fatalf("delay is %v, want %v to %v", got, test.least, test.most)
				}
			}
		})
	}
}
