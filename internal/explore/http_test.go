package explore

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A browser that leaves a page disconnects.
func TestAnInvocationContinuesWithoutItsClient(t *testing.T) {
	e := newEngine(t.Context(), &parsed{})
	e.end(nil)
	ctx, disconnect := context.WithCancel(t.Context())
	defer disconnect()
	called := false
	var handler http.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		called = true
		disconnect()
		if err := r.Context().Err(); err != nil {
			t.Errorf("the invocation is stopped: %v", err)
		}
	})
	w := &web{engine: e}
	w.handler.Store(&handler)
	w.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, "GET", "/", nil))
	if !called {
		t.Error("the service is not called")
	}
}
