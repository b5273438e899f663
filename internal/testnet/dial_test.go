//go:build go1.25

package testnet_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testnet"
)

func client(handler http.HandlerFunc) *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: testnet.To(handler)}}
}

func TestRequestsAreServed(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		echo := client(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) })
		for _, body := range []string{"", "x", strings.Repeat("long ", 1<<20)} {
			response, err := echo.Post("http://anywhere.example", "text/plain", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(response.Body)
			if err != nil || string(got) != body {
				t.Errorf("answered %d bytes and %v, want %d", len(got), err, len(body))
			}
		}
	})
}

func TestAResetIsReportedToTheClient(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		_, err := client(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			testnet.Reset(conn)
		}).Get("http://anywhere.example")
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("error is %v, want a connection reset", err)
		}
	})
}

func TestTheClockJumpsOverAHang(t *testing.T) {
	testnet.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://anywhere.example", nil)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, err = client(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }).Do(request)
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took != time.Hour {
			t.Errorf("after %s: %v, want the deadline's end after an hour", took, err)
		}
	})
}

func TestTheClockStandsStillDuringARequestOutside(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	testnet.Bubble(t, func(t *testing.T) {
		forward := client(func(w http.ResponseWriter, _ *http.Request) {
			outside := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			response, err := outside.Get(server.URL)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadGateway)
				return
			}
			_ = response.Body.Close()
		})
		began := time.Now()
		response, err := forward.Get("http://anywhere.example")
		if err != nil || response.StatusCode != http.StatusOK || time.Since(began) != 0 {
			t.Errorf("after %s: %v, %v", time.Since(began), response, err)
		}
	})
}
