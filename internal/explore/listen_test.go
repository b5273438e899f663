package explore

import (
	"net"
	"strings"
	"testing"
)

// A port that is taken is not an error: the next one that is free is used.
func TestATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	first, second, err := listenPair(t.Context(), "127.0.0.1", portOf(taken))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	defer second.Close()
	if portOf(first) <= portOf(taken) || portOf(second) <= portOf(first) {
		t.Errorf("ports %d and %d instead of %d", portOf(first), portOf(second), portOf(taken))
	}
	_, _, err = listenPair(t.Context(), "192.0.2.1", 0)
	if err == nil || !strings.Contains(err.Error(), "192.0.2.1") || !strings.Contains(err.Error(), "-listen must") {
		t.Errorf("for another machine's address, the error is %v", err)
	}
}
